"""Ändra, Ta bort and Makulera through the pages: who sees which buttons, and what they do."""

from __future__ import annotations

import pytest

from extensions import db
from models import EventRevision, utcnow
from services.correspondence.posting import post_letter
from tests.support.cases import actor, choice, mails, person
from tests.support.event_cards import again, buttons, card, deed, fetched, paper
from tests.support.forms import form_data
from tests.support.letters import (
    ANSWER,
    HANDLER,
    hjo_case,
    letter,
    mail,
    note,
    pdf_text,
)

pytestmark = pytest.mark.usefixtures("town")
REGISTRAR = "registrator.hjo"


def posted(case, **words):
    event = letter(case, **words)
    post_letter(event, case, b"%PDF-1.7 posted", seen=0, actor=actor(HANDLER))
    db.session.commit()
    return event


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
