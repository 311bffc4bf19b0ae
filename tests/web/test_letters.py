"""Letters through the pages: made, shown, fetched, posted, and by whom."""

from __future__ import annotations

import threading

import pytest

from extensions import db
from models import Attachment, Event, RoleAssignment, utcnow
from services.secret_links import known_link
from tests.support.cases import SODERTALJE, choice, edit, person
from tests.support.event_cards import EVENT, again, buttons, card, deed, fetched, paper
from tests.support.forms import form_data
from tests.support.letters import (
    ANSWER,
    ASIDE,
    CHIEF,
    HANDLER,
    hjo_case,
    letter,
    note,
    pdf_text,
    sodertalje_case,
    word_text,
)

pytestmark = pytest.mark.usefixtures("town")
REGISTRAR = "registrator.hjo"


@pytest.mark.row("H16", "S19", "S21")
def test_the_form_makes_a_letter_with_a_card_that_has_the_manuals_buttons(client):
    case = hjo_case()
    client.login(HANDLER)
    url = f"/admin/case/event/{case.id}/answer-letter"
    page = client.get(url)
    assert "Skapa brev" in page.text
    assert "Berit Ek\nStorgatan 1\n544 30 Hjo" in page.text
    data = form_data(page.text, "compose-form") or {}
    assert ANSWER in str(data.get("body", page.text))
    sent = {
        "key": "k" * 32,
        "recipient": "Berit Ek",
        "address": "Berit Ek\r\nStorgatan 1\r\n544 30 Hjo",
        "title": "Svar på synpunkt",
        "body": f"<div>{ANSWER}</div>",
        "body__format": "html",
    }
    assert client.post(url, data=sent).status_code == 302
    event = db.session.query(Event).filter_by(case_id=case.id).one()
    assert buttons(client, event) == [
        "Visa", "Hämta PDF", "Hämta Word", "Markera som postat", "Ändra", "Ta bort",
    ]  # fmt: skip
    shown = card(client, event)
    assert "Inte postat än" in shown
    assert f"Svar på synpunkt {case.id}.pdf" in shown
    assert 'target="_blank" rel="noopener"' in shown


def test_a_refused_letter_keeps_what_was_typed(client):
    case = hjo_case()
    client.login(HANDLER)
    typed = {
        "key": "k" * 32,
        "recipient": "Ove Ek",
        "address": "Ove Ek\nNågonstans 7",
        "title": "Min rubrik",
        "body": "Min text",
    }
    answer = client.post(f"/admin/case/event/{case.id}/answer-letter", data=typed)
    assert answer.status_code == 422
    assert "Kryssa i att det är rätt" in answer.text
    for text in ("Ove Ek", "Någonstans 7", "Min rubrik", "Min text"):
        assert text in answer.text


@pytest.mark.parametrize(
    "address", ["", "  \n ", "a\nb\nc\nd\ne\nf\ng\nh", "x" * 70], ids=["none", "blank", "8", "wide"]
)
def test_an_address_that_does_not_fit_the_window_is_refused(client, address):
    case = hjo_case()
    client.login(HANDLER)
    typed = {
        "key": "k" * 32,
        "recipient": "Berit Ek",
        "address": address,
        "title": "Svar",
        "body": "Text",
        "confirm_recipient": "y",
    }
    answer = client.post(f"/admin/case/event/{case.id}/answer-letter", data=typed)
    assert answer.status_code == 422
    assert db.session.query(Event).filter_by(case_id=case.id).count() == 0


@pytest.mark.row("H16", "S21")
def test_visa_shows_and_hamta_saves_the_letter_as_pdf_and_word(client):
    case = hjo_case()
    event, code = letter(case), known_link(case).code
    client.login(HANDLER)
    shown, saved = fetched(client, paper(event, "show")), fetched(client, paper(event, "pdf"))
    assert shown.headers["Content-Disposition"].startswith("inline")
    assert saved.headers["Content-Disposition"].startswith("attachment")
    assert f"{case.id}.pdf" in saved.headers["Content-Disposition"]
    word = client.get(paper(event, "word"))
    assert f"{case.id}.docx" in word.headers["Content-Disposition"]
    for text in (pdf_text(shown.data), pdf_text(saved.data), word_text(word.data)):
        for part in ("Berit Ek", "Storgatan 1", "544 30 Hjo", ANSWER, code):
            assert part in text
        assert ASIDE not in text


def test_a_reader_sees_no_buttons_and_fetches_nothing(client):
    case = sodertalje_case()
    event = letter(case, username=CHIEF, type_key=SODERTALJE)
    client.login("lasare.omsorg")
    assert "event-actions" not in card(client, event)
    for what in ("show", "pdf", "word"):
        assert client.get(paper(event, what)).status_code == 403
    assert client.post(paper(event, "post")).status_code == 403
    for what in ("edit", "remove"):
        assert client.get(deed(event, what)).status_code == 403
        assert client.post(deed(event, what), data={"title": "x"}).status_code == 403


def test_the_right_to_fetch_letters_elsewhere_opens_none_here(client):
    case = sodertalje_case()
    event = letter(case, username=CHIEF, type_key=SODERTALJE)
    reader = person("lasare.omsorg")
    unit = reader.assignments[0].unit_id
    db.session.add(RoleAssignment(user_id=reader.id, unit_id=unit, role="assistant"))
    db.session.commit()
    client.login("lasare.omsorg")
    for what in ("show", "pdf", "word"):
        assert client.get(paper(event, what)).status_code == 403


def test_the_papers_of_a_foreign_case_do_not_exist(client):
    event = letter(hjo_case())
    client.login(CHIEF)
    for what in ("show", "pdf", "word"):
        assert client.get(paper(event, what)).status_code == 404
    for what in ("edit", "versions", "remove", "void"):
        assert client.get(deed(event, what)).status_code == 404
    assert client.post(paper(event, "post")).status_code == 404


def test_a_note_has_no_paper_and_numbers_that_do_not_exist_are_404(client):
    event = note(hjo_case())
    client.login(HANDLER)
    assert client.get(paper(event, "show")).status_code == 404
    assert client.post(paper(event, "post")).status_code == 404
    assert client.get(EVENT.format(event.case_id, 99_999_999_999, "edit")).status_code == 404


@pytest.mark.row("S21")
def test_marking_as_posted_locks_the_letter_and_keeps_its_paper(client):
    case = hjo_case()
    event = letter(case)
    client.login(HANDLER)
    fetched(client, paper(event, "show"))  # the maker of papers is awake
    for _try in range(40):
        client.post(paper(event, "post"))
        if again(event).state == "sent":
            break
        threading.Event().wait(0.5)
    event = again(event)
    assert buttons(client, event) == ["Visa", "Hämta PDF", "Hämta Word", "Makulera"]
    assert f"Postat {utcnow():%Y-%m}" in card(client, event)
    (kept,) = event.attachments
    assert ANSWER in pdf_text(client.get(paper(event, "pdf")).data)
    event.body = "<div>Något annat.</div>"  # however the row changes, the paper does not
    db.session.commit()
    assert ANSWER in pdf_text(client.get(paper(event, "show")).data)
    assert kept.filename == f"Svar på synpunkt {case.id}.pdf"


def test_a_letter_that_closing_posted_gets_its_copy_when_it_is_shown(client):
    case = hjo_case()
    event = letter(case)
    event.state, event.posted_at = "sent", utcnow()
    db.session.commit()
    client.login(HANDLER)
    fetched(client, paper(event, "show"))
    assert len(again(event).attachments) == 1
    client.get(paper(event, "pdf"))
    assert db.session.query(Attachment).filter_by(event_id=event.id).count() == 1


@pytest.mark.row("H16")
def test_avsluta_says_that_the_letter_counts_as_posted_and_keeps_its_paper(client):
    case = sodertalje_case(
        types=[choice(SODERTALJE, "types", "Klagomål")],
        categories=[choice(SODERTALJE, "categories", "Bemötande")],
    )
    event = letter(case, username=CHIEF, type_key=SODERTALJE)
    edit(
        case,
        CHIEF,
        measures=[choice(SODERTALJE, "measures", "Åtgärdat")],
        result=choice(SODERTALJE, "result", "Mycket"),
    )
    db.session.commit()
    client.login(CHIEF)
    fetched(client, paper(event, "show"))
    page = client.get(f"/admin/case/edit/?id={case.id}").text
    data = {**form_data(page, "case-form"), "_do": "close"}
    answer = client.post(f"/admin/case/edit/?id={case.id}", data=data, follow_redirects=True)
    assert "Ärendet är avslutat." in answer.text
    assert "är markerat som postat" in answer.text
    event = again(event)
    assert event.state == "sent"
    assert len(event.attachments) == 1
    assert buttons(client, event) == ["Visa", "Hämta PDF", "Hämta Word"]


def test_an_assistant_fetches_the_letter_but_does_not_post_anothers(client):
    case = sodertalje_case()
    event = letter(case, username=CHIEF, type_key=SODERTALJE)
    edit(case, CHIEF, assistants=[person("bitradande.omsorg").id])
    db.session.commit()
    client.login("bitradande.omsorg")
    assert buttons(client, event) == ["Visa", "Hämta PDF", "Hämta Word"]
    assert client.post(paper(event, "post")).status_code == 403


def test_a_get_posts_nothing(client):
    event = letter(hjo_case())
    client.login(HANDLER)
    assert client.get(paper(event, "post")).status_code == 405
    assert again(event).state == "draft"
