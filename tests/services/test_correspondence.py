"""Event templates in use: what may be sent to whom, and what follows from it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.errors import NotAllowed, RuleBroken
from extensions import db
from models import Event, utcnow
from services.correspondence import draft, register_event, send_email
from services.correspondence.drafting import REASON_BLANK
from services.secret_links import current_link
from tests.support.cases import (
    HJO,
    SODERTALJE,
    actor,
    choice,
    edit,
    layout,
    log_of,
    mails,
    new_case,
    person,
    unit_id,
)

pytestmark = pytest.mark.usefixtures("app", "town")
ANSWER, CONFIRMATION, REFUSAL = "answer-email", "confirmation-email", "refusal-email"
HANDLER = "handlaggare.hjo"


def hjo_case(**values):
    given = {
        "contact_way": choice(HJO, "contact_way", "E-post"),
        "unit": unit_id("Fritid"),
        "responsible": person(HANDLER).id,
    }
    return new_case(**(given | values))


def template(key, type_key=HJO):
    return next(t for t in layout(type_key).event_templates if t.key == key)


def prepare(case, key, username=HANDLER, type_key=HJO):
    who = person(username)
    return draft(case, layout(type_key), template(key, type_key), actor=actor(username), user=who)


def send(case, key, username=HANDLER, *, made=None, confirmed=False, form_key=""):
    event = send_email(
        case,
        layout(HJO),
        template(key),
        made or prepare(case, key, username),
        confirmed_other=confirmed,
        key=form_key or f"{key}-{case.id}-{case.event_count}",
        actor=actor(username),
    )
    db.session.commit()
    return event


def answered_case():
    case = hjo_case()
    edit(case, HANDLER, answer="<div>Vi bygger en plan.</div>")
    db.session.commit()
    return case


@pytest.mark.row("H11")
def test_an_empty_answer_is_not_sent():
    with pytest.raises(NotAllowed, match="svaret"):
        prepare(hjo_case(), ANSWER)


@pytest.mark.row("H13")
def test_who_wants_no_contact_gets_no_answer():
    case = answered_case()
    edit(case, HANDLER, contact_way=choice(HJO, "contact_way", "Vill ej bli kontaktad"))
    with pytest.raises(NotAllowed, match="vill inte bli kontaktad"):
        prepare(case, ANSWER)


def test_without_an_address_there_is_no_mail():
    case = hjo_case(submitter_email="")
    with pytest.raises(NotAllowed, match="e-postadress"):
        prepare(case, CONFIRMATION)


def test_a_registrar_confirms_but_does_not_answer():
    case = answered_case()
    assert send(case, CONFIRMATION, "registrator.hjo") is not None
    with pytest.raises(NotAllowed, match="behörighet"):
        prepare(case, ANSWER, "registrator.hjo")


@pytest.mark.row("H19", "H20")
def test_sending_sets_the_status_and_dates_the_answer_once():
    case = answered_case()
    send(case, ANSWER)
    first = case.answered_on
    assert layout(HJO).label_of(case.status_id) == "Bekräftelse 10 dagar skickad"
    assert first is not None
    assert (case.acknowledged_on, case.event_count) == (first, 1)


@pytest.mark.row("H19")
def test_a_status_never_goes_backwards():
    case = answered_case()
    send(case, ANSWER)
    send(case, CONFIRMATION)
    assert layout(HJO).label_of(case.status_id) == "Bekräftelse 10 dagar skickad"


def test_event_and_mail_are_one():
    case = answered_case()
    event = send(case, ANSWER)
    (mail,) = mails("answer")
    assert (mail.event_id, event.state, mail.recipient_email) == (
        event.id,
        "queued",
        "berit.ek@example.org",
    )


def test_a_form_sent_twice_sends_one_mail():
    case = answered_case()
    assert send(case, ANSWER, form_key="k" * 32) is not None
    assert send(case, ANSWER, form_key="k" * 32) is None
    assert len(mails("answer")) == 1


@pytest.mark.row("H15")
def test_another_recipient_is_confirmed_and_recorded():
    case = answered_case()
    other = replace(prepare(case, ANSWER), recipient_email="granne@example.org")
    with pytest.raises(RuleBroken) as refused:
        send(case, ANSWER, made=other)
    assert refused.value.field == "confirm_recipient"
    assert mails("answer") == []
    db.session.rollback()
    send(case, ANSWER, made=other, confirmed=True)
    (line,) = log_of(case, "event.other-recipient")
    assert (line.old, line.new) == ("berit.ek@example.org", "granne@example.org")


@pytest.mark.row("H18")
def test_a_refusal_goes_only_with_its_reason():
    case = hjo_case()
    made = prepare(case, REFUSAL)
    assert REASON_BLANK in made.body
    with pytest.raises(RuleBroken, match="skälet"):
        send(case, REFUSAL, made=made)
    db.session.rollback()
    reason = made.body.replace(REASON_BLANK, "det är reklam")
    assert send(case, REFUSAL, made=replace(made, body=reason)) is not None


@pytest.mark.row("H12")
def test_internal_notes_are_in_no_mail():
    case = answered_case()
    edit(case, HANDLER, internal_note="KANARIE-anteckning")
    db.session.commit()
    for key in (CONFIRMATION, ANSWER):
        send(case, key)
    for mail in mails():
        assert "KANARIE" not in mail.subject + mail.text + mail.html


def test_staff_never_see_the_citizens_link_and_the_mail_carries_it():
    from services.link_seals import unseal

    case = answered_case()
    token = current_link(case).token
    event = send(case, ANSWER)
    (mail,) = mails("answer")
    assert token not in prepare(case, CONFIRMATION).body + event.body + mail.text + mail.html
    assert f"/svar/{token}" in unseal(mail.text, case.id)


def test_a_sensitive_answer_is_read_on_the_page_and_not_mailed():
    case = answered_case()
    case.is_secret = True
    db.session.commit()
    event = send(case, ANSWER)
    (mail,) = mails("answer")
    assert "Vi bygger en plan" not in mail.text + mail.html
    assert "Vi bygger en plan" in event.body


@pytest.mark.row("S22")
def test_an_answer_by_phone_is_registered_and_dates_the_answer():
    case = new_case(SODERTALJE, unit=unit_id("Vård- och omsorgsboende norr"))
    key = next(t.key for t in layout(SODERTALJE).event_templates if t.purpose == "answer_phone")
    made = prepare(case, key, "chef.omsorg", SODERTALJE)
    event = register_event(
        case,
        layout(SODERTALJE),
        template(key, SODERTALJE),
        replace(made, body="<div>Vi talades vid.</div>"),
        happened_at=utcnow(),
        key="phone",
        actor=actor("chef.omsorg"),
    )
    assert isinstance(event, Event)
    assert layout(SODERTALJE).label_of(case.status_id) == "Besvarad"
    assert case.answered_on is not None
    assert mails("answer_phone") == []


def test_events_are_numbered_in_one_series():
    case = answered_case()
    assert [send(case, key).number for key in (CONFIRMATION, ANSWER)] == [1, 2]
