"""A bounce marks its mail, and only that: matched by Message-ID and recipient (F23)."""

from __future__ import annotations

from datetime import datetime

import pytest

from domain.bounces import parse_bounce
from extensions import db
from models import Case, Event, OutboxMessage, utcnow
from services.bounces import take_bounce
from services.delivery import claim_due, finish_sent
from services.events import add_event
from services.outbox import refresh_failed_mark
from services.retrying import retry
from tests.support.bounces import automatic_reply, bounce
from tests.support.cases import actor, log_of, mails, new_case, person, unit_id
from tests.support.fingerprint import everything
from tests.support.mails import fresh, queued
from tests.support.town import Town

MINE = "berit@example.org"


@pytest.fixture
def case(town: Town, app: object) -> Case:
    return new_case(unit=unit_id("Fritid"), responsible=person("handlaggare.hjo").id)


def sent_answer(case: Case, **values: object) -> OutboxMessage:
    """An answer of the case that the mail server has taken."""
    for message in mails():
        message.state = "sent"
    event = add_event(
        case, kind="sent_email", purpose="answer", state="sent", title="Svar", body="<p>Svar</p>",
        actor=actor("handlaggare.hjo"),
    )  # fmt: skip
    message = queued(case_id=case.id, event_id=event.id, **values)
    row = fresh(message)
    row.state, row.sent_at = "sent", utcnow()
    db.session.commit()
    return row


def take(raw: bytes, now: datetime | None = None) -> bool:
    found = parse_bounce(raw)
    taken = found is not None and take_bounce(found, now=now or utcnow())
    db.session.commit()
    return taken


def test_a_bounce_marks_mail_event_and_case_and_tells_the_responsible_once(case: Case) -> None:
    message, version, now = sent_answer(case), case.version, utcnow()
    assert take(bounce(message.message_id), now)
    assert take(bounce(message.message_id))  # the same again, as after a crash
    row = fresh(message)
    assert (row.state, row.bounced_at) == ("failed", now)
    assert row.last_error.startswith("Mejlet kom tillbaka: 550 5.1.1")
    db.session.refresh(case)
    assert (row.event.state, case.has_failed_mail, case.version) == ("failed", True, version)
    (notice,) = mails("mail_failed")
    assert notice.recipient_email == person("handlaggare.hjo").email
    assert "550 5.1.1" in notice.text
    assert "brev" in notice.text
    (line,) = log_of(case, "mail.bounced")
    assert line.actor_name == "Systemet"


def test_what_is_not_plainly_a_bounce_of_that_mail_changes_nothing(case: Case) -> None:
    message = sent_answer(case)
    waiting = queued()
    before = everything()
    for raw in (
        bounce("<annat@hjo.example>"),
        bounce(message.message_id, final="annan@example.org"),
        bounce(message.message_id, action="delayed", status="4.4.1"),
        bounce(waiting.message_id),
        automatic_reply(message.message_id),
    ):
        assert not take(raw)
    assert everything() == before


def test_a_bounce_of_a_notice_is_only_written_down(case: Case) -> None:
    event_less = fresh(queued(case_id=case.id, purpose="assigned"))
    event_less.state = "sent"
    db.session.commit()
    assert take(bounce(event_less.message_id))
    assert fresh(event_less).state == "failed"
    db.session.refresh(case)
    assert not case.has_failed_mail
    assert mails("mail_failed") == []


def test_a_voided_event_stays_voided(case: Case) -> None:
    message = sent_answer(case)
    message.event.state = "voided"
    db.session.commit()
    assert take(bounce(message.message_id))
    assert fresh(message).event.state == "voided"
    db.session.refresh(case)
    assert not case.has_failed_mail


def test_voiding_the_event_afterwards_takes_the_mark_away(case: Case) -> None:
    message = sent_answer(case)
    take(bounce(message.message_id))
    db.session.get_one(Event, message.event_id).state = "voided"
    refresh_failed_mark(case.id)
    db.session.commit()
    db.session.refresh(case)
    assert not case.has_failed_mail


def test_a_mail_sent_again_may_bounce_again_and_is_told_again(case: Case) -> None:
    message = sent_answer(case)
    take(bounce(message.message_id))
    for notice in mails("mail_failed"):
        notice.state = "sent"
    db.session.commit()
    retry(fresh(message), actor=actor("handlaggare.hjo"))
    db.session.commit()
    assert not take(bounce(message.message_id))  # a late copy of the first one
    mail = claim_due(utcnow(), 60)
    assert mail is not None
    assert mail.id == message.id
    assert finish_sent(mail.id, mail.claim, now=utcnow())
    db.session.commit()
    assert fresh(message).event.state == "sent"
    assert take(bounce(message.message_id))
    assert fresh(message).state == "failed"
    assert len(mails("mail_failed")) == 2


def test_the_address_is_compared_without_regard_to_case(case: Case) -> None:
    message = sent_answer(case, recipient_email="Berit@Example.org")
    assert take(bounce(message.message_id, final="BERIT@example.ORG"))
