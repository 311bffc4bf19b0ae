"""Beside an answer and a message: standard phrases, LIX, and a warning for personal data."""

from __future__ import annotations

import pytest

from extensions import db
from models import Case, CaseType, Phrase
from tests.support.cases import HJO, SODERTALJE, choice, edit, layout, mails
from tests.support.compose import ANSWER, HANDLER, answered_case, hjo_case
from tests.support.compose_page import opened, press
from tests.support.forms import form_data

pytestmark = pytest.mark.usefixtures("town")
HARD = "Handläggningen av ärendet har försenats väsentligt beroende på omständigheter " * 3
PERSONAL = "Ring Berit Ek, 070-123 45 67. Hon bor på Storgatan 12."


@pytest.fixture
def handler(client):
    return client.login(HANDLER)


def page_of(client, case) -> str:
    return client.get(f"/admin/case/edit/?id={case.id}").text


def phrase(title: str, case_type: str = HJO) -> Phrase:
    query = db.select(Phrase).join(CaseType).where(CaseType.key == case_type)
    return db.session.scalars(query.where(Phrase.title == title)).one()


def press_on_case(client, case, what: str, **values):
    url = f"/admin/case/edit/?id={case.id}"
    data = {**form_data(client.get(url).text, "case-form"), **values, "_do": what}
    return client.post(url, data=data, follow_redirects=True)


def answer_of(case) -> str:
    db.session.expire_all()
    return db.session.get_one(Case, case.id).answer


def test_the_phrases_of_the_cases_categories_come_first_and_no_other_types(handler):
    page = page_of(handler, hjo_case())
    titles = ["Passar ärendets kategorier", "Vi beklagar", "Alla ärenden", "Tack för din synpunkt",
              "Andra kategorier", "Tack för beröm"]  # fmt: skip
    places = [page.index(f">{t}<") if f">{t}<" in page else page.index(f'"{t}"') for t in titles]
    assert places == sorted(places)
    assert "Mat och måltider" not in page


def test_an_inactive_phrase_is_not_offered(handler):
    phrase("Vi beklagar").is_active = False
    db.session.commit()
    assert "Vi beklagar" not in page_of(handler, hjo_case())


def test_without_scripts_the_phrase_is_put_last_in_the_answer_and_nothing_typed_is_lost(handler):
    case = hjo_case()
    chosen = str(phrase("Vi gör en ändring").id)
    page = press_on_case(handler, case, "phrase", _phrase=chosen, f_answer="Hej Berit!",
                         f_delay_reason="Många ärenden")  # fmt: skip
    assert "Standardtexten är infogad sist i texten." in page.text
    text = answer_of(case)
    assert text.index("Hej Berit!") < text.index("Vi har bestämt att göra en ändring.")
    assert "Många ärenden" in page.text


def test_formatted_text_keeps_its_form_when_a_phrase_is_put_after_it(handler):
    case = hjo_case()
    edit(case, HANDLER, answer="<div><strong>Ja</strong>, vi bygger.</div>")
    db.session.commit()
    press_on_case(handler, case, "phrase", _phrase=str(phrase("Vi beklagar").id))
    assert answer_of(case).startswith("<div><strong>Ja</strong>, vi bygger.</div><div>Tack för")


@pytest.mark.parametrize("sent", ["", "abc", "999999", "-1", "other"])
def test_no_phrase_or_one_of_another_type_changes_nothing_and_says_so(handler, sent):
    case = hjo_case()
    wanted = str(phrase("Mat och måltider", SODERTALJE).id) if sent == "other" else sent
    page = press_on_case(handler, case, "phrase", _phrase=wanted, f_answer="Hej!")
    assert "Välj en standardtext i listan först." in page.text
    assert answer_of(case) == "<div>Hej!</div>"


def test_without_scripts_the_phrase_is_put_last_in_the_message_and_nothing_is_sent(handler):
    case = answered_case()
    form = opened(handler, case) | {"body": "Hej!", "_phrase": str(phrase("Vi beklagar").id)}
    page = press(handler, case, "phrase", form)
    assert page.status_code == 200
    body = form_data(page.text, "compose-form")["body"][0]
    assert body.index("Hej!") < body.index("Vi beklagar att du inte är nöjd.")
    assert mails("answer") == []


def test_a_hard_answer_is_called_hard_and_a_short_one_nothing(handler):
    case = hjo_case()
    press_on_case(handler, case, "save", f_answer="Vi bygger en plan.")
    assert ">LIX " not in page_of(handler, case)
    press_on_case(handler, case, "save", f_answer=HARD)
    assert "– mycket svår. Skriv kortare meningar" in page_of(handler, case)


def test_personal_data_in_the_answer_is_named_after_saving_and_stops_nothing(handler):
    case = hjo_case()
    page = press_on_case(handler, case, "save", f_answer=PERSONAL).text
    assert "Texten verkar innehålla personuppgifter." in page
    assert "telefonnummer 070-123 45 67" in page
    assert "gatuadress Storgatan 12" in page
    assert "Storgatan 12" in answer_of(case)


def test_the_municipalitys_own_addresses_are_no_personal_data(handler):
    case = hjo_case()
    page = press_on_case(handler, case, "save", f_answer="Skriv till synpunkten@hjo.example.").text
    assert "verkar innehålla personuppgifter" not in page


def test_the_preview_warns_and_the_mail_leaves_all_the_same(handler):
    case = answered_case()
    form = opened(handler, case) | {"body": PERSONAL}
    page = press(handler, case, "preview", form)
    assert "Meddelandet verkar innehålla personuppgifter." in page.text
    assert "telefonnummer 070-123 45 67" in page.text
    assert press(handler, case, "send", form).status_code == 302
    assert len(mails("answer")) == 1


def test_an_untouched_answer_gives_no_warning(handler):
    page = press(handler, case := answered_case(), "preview", opened(handler, case))
    assert "Förhandsgranskning" in page.text
    assert "verkar innehålla personuppgifter" not in page.text


@pytest.mark.parametrize("key", [ANSWER, "answer-letter"])
def test_mails_and_letters_offer_phrases(handler, key):
    case = answered_case()
    assert "Infoga standardtext" in handler.get(f"/admin/case/event/{case.id}/{key}").text


def publishing(case) -> None:
    yes = choice(HJO, "publication", "Synpunkten är kontrollerad och ska publiceras")
    edit(case, HANDLER, publication=yes, answer="<div>Hej Berit Ek, vi bygger.</div>")
    db.session.commit()


def test_what_is_to_be_published_is_searched_for_the_submitter_too(handler):
    case = hjo_case(text="Jag heter Berit och bor på Storgatan 1.")
    assert "Det som ska publiceras" not in page_of(handler, case)
    publishing(case)
    page = page_of(handler, case)
    assert "Det som ska publiceras verkar innehålla personuppgifter." in page
    assert "uppgift om den som lämnade synpunkten Berit Ek" in page
    assert "uppgift om den som lämnade synpunkten Storgatan 1" in page


def test_closing_a_case_that_will_be_published_warns_once_more_but_closes(handler):
    case = hjo_case()
    publishing(case)
    measure = layout(HJO).fields["measures"].choices[0].id
    status = choice(HJO, "status", "Återkoppling ej önskad/möjlig")
    edit(case, HANDLER, measures=[measure], status=status)
    db.session.commit()
    page = press_on_case(handler, case, "close").text
    assert "Ärendet är avslutat." in page
    assert "Ärendet ska publiceras. Kontrollera personuppgifter:" in page
    db.session.expire_all()
    assert db.session.get_one(Case, case.id).closed_at is not None
