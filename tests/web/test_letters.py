"""Letters and event cards through the pages: who sees which buttons, and what they do."""

from __future__ import annotations

import re
import threading

import pytest

from extensions import db
from models import Attachment, Event, EventRevision, utcnow
from services.correspondence.posting import post_letter
from services.secret_links import known_link
from tests.support.cases import SODERTALJE, actor, choice, edit, mails, person
from tests.support.forms import form_data
from tests.support.letters import (
    ANSWER,
    ASIDE,
    CHIEF,
    HANDLER,
    hjo_case,
    letter,
    mail,
    note,
    pdf_text,
    sodertalje_case,
    word_text,
)

pytestmark = pytest.mark.usefixtures("town")
PAPER = "/admin/case/letters/{}/{}/{}"
EVENT = "/admin/case/events/{}/{}/{}"
REGISTRAR = "registrator.hjo"


def paper(event, what):
    return PAPER.format(event.case_id, event.number, what)


def deed(event, what):
    return EVENT.format(event.case_id, event.number, what)


def fetched(client, url):
    """The file at `url`; a slow machine is asked again, as the page tells the browser to."""
    for _try in range(40):
        answer = client.get(url)
        if answer.status_code != 202:
            break
        threading.Event().wait(0.5)
    assert answer.status_code == 200, answer.status
    return answer


def card(client, event):
    """The HTML of the card of `event` on the case's page."""
    page = client.get(f"/admin/case/edit/?id={event.case_id}").text
    found = re.search(rf'<article[^>]*id="handelse-{event.number}".*?</article>', page, re.S)
    assert found, page
    return found[0]


def buttons(client, event):
    row = card(client, event).partition('class="event-actions"')[2]
    labels = re.findall(r"</svg>\s*([^<]+?)\s*<span", row)
    return [label.strip() for label in labels]


def posted(case, **words):
    event = letter(case, **words)
    post_letter(event, case, b"%PDF-1.7 posted", seen=0, actor=actor(HANDLER))
    db.session.commit()
    return event


def again(event):
    db.session.expire_all()
    return db.session.get_one(Event, event.id)


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


@pytest.mark.row("S21")
def test_andra_changes_the_letter_and_the_earlier_words_can_be_read(client):
    event = letter(hjo_case())
    client.login(HANDLER)
    data = form_data(client.get(deed(event, "edit")).text, "event-form")
    data |= {"title": "Vårt svar", "body": "<div>Vi bygger en bro.</div>", "body__format": "html"}
    answer = client.post(deed(event, "edit"), data=data)
    assert answer.location.endswith(f"#handelse-{event.number}")
    assert "Tidigare versioner" in buttons(client, event)
    page = client.get(deed(event, "versions")).text
    assert ANSWER in page
    assert "Ersattes" in page
    assert person(HANDLER).name in page
    assert "Vi bygger en bro." in pdf_text(fetched(client, paper(event, "pdf")).data)


def test_untouched_words_without_scripts_change_nothing(client):
    event = letter(hjo_case())
    client.login(HANDLER)
    data = form_data(client.get(deed(event, "edit")).text, "event-form")
    answer = client.post(deed(event, "edit"), data=data, follow_redirects=True)
    assert "Inget var ändrat." in answer.text
    assert db.session.query(EventRevision).count() == 0


def test_untouched_minutes_of_a_note_change_nothing_either(client):
    event = note(hjo_case())
    client.login(HANDLER)
    data = form_data(client.get(deed(event, "edit")).text, "event-form")
    answer = client.post(deed(event, "edit"), data=data, follow_redirects=True)
    assert "Inget var ändrat." in answer.text


def test_who_changes_what_another_one_changed_meanwhile_keeps_the_text_and_sees_the_others(client):
    event = letter(hjo_case())
    client.login(HANDLER)
    stale = form_data(client.get(deed(event, "edit")).text, "event-form")
    html = {"body__format": "html"}
    first = stale | html | {"body": "<div>Den andres ord.</div>"}
    assert client.post(deed(event, "edit"), data=first).status_code == 302
    mine = stale | html | {"body": "<div>Mina ord.</div>"}
    refused = client.post(deed(event, "edit"), data=mine)
    assert refused.status_code == 409
    assert "Mina ord." in refused.text
    assert "Den andres ord." in refused.text
    assert again(event).body == "<div>Den andres ord.</div>"
    knowing = form_data(refused.text, "event-form") | html | {"body": "<div>Mina ord.</div>"}
    assert client.post(deed(event, "edit"), data=knowing).status_code == 302
    assert again(event).body == "<div>Mina ord.</div>"


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 30])
def test_a_form_with_a_broken_mark_of_its_version_is_refused_with_its_text(client, seen):
    event = letter(hjo_case())
    client.login(HANDLER)
    data = form_data(client.get(deed(event, "edit")).text, "event-form")
    answer = client.post(deed(event, "edit"), data=data | {"seen": seen, "title": "Min titel"})
    assert answer.status_code == 409
    assert "Min titel" in answer.text


def test_who_wrote_while_it_was_removed_gets_the_text_back(client):
    event = letter(hjo_case())
    client.login(HANDLER)
    data = form_data(client.get(deed(event, "edit")).text, "event-form")
    client.post(deed(event, "remove"))
    answer = client.post(deed(event, "edit"), data=data | {"title": "Min titel"})
    assert answer.status_code == 403
    assert "Min titel" in answer.text
    assert "borttagen" in answer.text


def test_a_letter_that_is_posted_meanwhile_gives_the_text_back(client):
    case = hjo_case()
    event = letter(case)
    client.login(HANDLER)
    data = form_data(client.get(deed(event, "edit")).text, "event-form")
    post_letter(event, case, b"%PDF", seen=0, actor=actor(HANDLER))
    db.session.commit()
    answer = client.post(deed(event, "edit"), data=data | {"title": "Min titel"})
    assert (answer.status_code, "Min titel" in answer.text) == (403, True)
    assert client.get(deed(event, "edit")).status_code == 302


def test_a_sent_mail_cannot_be_changed_or_removed_but_voided_with_what_follows(client):
    case = hjo_case(contact_way=choice("synpunkt-hjo", "contact_way", "E-post"))
    event = mail(case)
    client.login(HANDLER)
    assert buttons(client, event) == ["Makulera"]
    assert client.get(deed(event, "remove")).status_code == 302
    page = client.get(deed(event, "void")).text
    assert f"Besvarades {case.answered_on} tas bort." in page
    assert "går det inte att ta tillbaka" in page
    refused = client.post(deed(event, "void"), data={"reason": " "})
    assert (refused.status_code, "Skriv varför" in refused.text) == (422, True)
    long = client.post(deed(event, "void"), data={"reason": "x" * 501})
    assert (long.status_code, "x" * 501 in long.text) == (422, True)
    done = client.post(deed(event, "void"), data={"reason": "Fel bilaga."}, follow_redirects=True)
    assert "skickas inte" in done.text
    shown = card(client, event)
    assert "is-voided" in shown
    assert "Fel bilaga." in shown
    assert person(HANDLER).name in shown
    assert ANSWER in shown  # still readable
    assert mails("answer")[0].state == "failed"
    twice = client.post(deed(event, "void"), data={"reason": "Igen."}, follow_redirects=True)
    assert "redan makulerad" in twice.text


def test_a_posted_letter_is_voided_and_its_paper_can_still_be_read(client):
    event = posted(hjo_case())
    client.login(HANDLER)
    client.post(deed(event, "void"), data={"reason": "Fel namn."})
    assert "Makulerad" in card(client, event)
    assert client.get(paper(event, "show")).data == b"%PDF-1.7 posted"


def test_removing_asks_first_and_a_second_click_says_that_it_is_done(client):
    case = hjo_case()
    event = letter(case)
    client.login(HANDLER)
    page = client.get(deed(event, "remove"))
    assert (page.status_code, 'name="reason"' in page.text) == (200, False)
    assert again(event).removed_at is None  # looking changes nothing
    assert client.post(deed(event, "remove")).status_code == 302
    assert client.get(deed(event, "remove")).status_code == 404
    twice = client.post(deed(event, "remove"), follow_redirects=True)
    assert "borttagen" in twice.text


def test_removing_a_note_needs_a_reason(client):
    event = note(hjo_case())
    client.login(HANDLER)
    assert 'name="reason"' in client.get(deed(event, "remove")).text
    assert client.post(deed(event, "remove")).status_code == 422
    client.post(deed(event, "remove"), data={"reason": "Fel ärende."})
    assert again(event).removal_reason == "Fel ärende."


def test_a_registrar_has_buttons_only_on_own_notes(client):
    case = hjo_case()
    own, other = note(case, REGISTRAR), note(case)
    client.login(REGISTRAR)
    assert buttons(client, own) == ["Ändra", "Ta bort"]
    assert buttons(client, other) == []
    assert client.post(deed(other, "remove"), data={"reason": "x"}).status_code == 403


def test_the_buttons_of_a_closed_case_only_read(client):
    case = hjo_case()
    event, written = posted(case), note(case)
    case.closed_at, case.closed_by_id = utcnow(), person(HANDLER).id
    db.session.commit()
    client.login(HANDLER)
    assert buttons(client, event) == ["Visa", "Hämta PDF", "Hämta Word"]
    assert buttons(client, written) == []


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
