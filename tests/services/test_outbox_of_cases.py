"""What becomes of a mail shows on its event and its case, and the responsible is told (F17)."""

from __future__ import annotations

import pytest

from domain.errors import NotAllowed, RuleBroken
from extensions import db
from models import Case, Event, OutboxMessage, utcnow
from services.delivery import claim_due, finish_failed, finish_sent
from services.events import add_event
from services.outbox import queue_mail
from services.retrying import retry
from services.secret_links import known_link
from tests.support.cases import actor, log_of, mails, new_case, person, unit_id
from tests.support.mails import fresh
from tests.support.town import Town


@pytest.fixture
def case(town: Town, app: object) -> Case:
    """A case with a responsible, whose notice has left already."""
    found = new_case(unit=unit_id("Fritid"), responsible=person("handlaggare.hjo").id)
    for message in mails():
        message.state = "sent"
    db.session.commit()
    return found


def answer(case: Case, text: str = "Svar") -> tuple[Event, OutboxMessage]:
    """An answer that waits in the outbox."""
    event = add_event(
        case, kind="sent_email", purpose="answer", state="queued", title="Svar", body="<p>Svar</p>",
        actor=actor("handlaggare.hjo"),
    )  # fmt: skip
    message = queue_mail(
        purpose="answer", recipient_email="berit.ek@example.org", recipient_name="Berit Ek",
        sender_name="Hjo", sender_email="synpunkten@hjo.example", subject="Svar på synpunkt",
        text=text, html="", case_id=case.id, event_id=event.id, priority=1,
    )  # fmt: skip
    db.session.commit()
    return event, message


def fail(message: OutboxMessage, reason: str = "550 finns inte") -> None:
    mail = claim_due(utcnow(), 60)
    assert mail is not None
    assert mail.id == message.id
    assert finish_failed(mail.id, mail.claim, reason, now=utcnow(), permanent=True)
    db.session.commit()


def test_a_sent_mail_shows_on_its_event(case: Case) -> None:
    event, _message = answer(case)
    mail = claim_due(utcnow(), 60)
    assert mail is not None
    assert finish_sent(mail.id, mail.claim, now=utcnow())
    db.session.commit()
    db.session.refresh(event)
    assert (event.state, case.has_failed_mail) == ("sent", False)


def test_a_failed_mail_marks_event_and_case_and_tells_the_responsible_once(case: Case) -> None:
    version = case.version
    event, message = answer(case)
    fail(message)
    db.session.refresh(event)
    db.session.refresh(case)
    assert (event.state, case.has_failed_mail, case.version) == ("failed", True, version)
    (notice,) = mails("mail_failed")
    assert notice.recipient_email == person("handlaggare.hjo").email
    assert "Orsak: 550 finns inte" in notice.text
    assert "Mottagare: berit.ek@example.org" in notice.text
    assert f"/arende/{case.id}" in notice.text
    assert [line.new for line in log_of(case, "mail.failed")] == ["550 finns inte"]


def test_a_notice_that_fails_makes_no_further_notice(case: Case) -> None:
    fail(answer(case)[1])
    fail(mails("mail_failed")[0])
    assert len(mails("mail_failed")) == 1


def test_a_failed_mail_to_the_responsible_is_not_told_to_the_same_address(case: Case) -> None:
    _event, message = answer(case)
    message.recipient_email = person("handlaggare.hjo").email
    db.session.commit()
    fail(message)
    assert mails("mail_failed") == []


def test_trying_again_keeps_the_mail_and_takes_the_marks_away(case: Case) -> None:
    event, message = answer(case)
    before = message.message_id
    fail(message)
    retry(fresh(message), actor=actor("registrator.hjo"))
    db.session.commit()
    db.session.refresh(event)
    db.session.refresh(case)
    row = fresh(message)
    assert (row.state, row.attempts, row.message_id) == ("queued", 0, before)
    assert (event.state, case.has_failed_mail) == ("queued", False)
    assert row.give_up_at > row.created_at
    assert [line.actor_name for line in log_of(case, "mail.retried")] == ["Lisa Olausson"]


def test_the_case_stays_marked_while_another_mail_of_it_has_failed(case: Case) -> None:
    first, second = answer(case)[1], None
    fail(first)
    mails("mail_failed")[0].state = "sent"
    db.session.commit()
    second = answer(case)[1]
    fail(second)
    retry(fresh(second), actor=actor("admin"))
    db.session.commit()
    db.session.refresh(case)
    assert case.has_failed_mail


def test_only_a_failed_mail_can_be_tried_again_and_only_once(case: Case) -> None:
    _event, message = answer(case)
    with pytest.raises(RuleBroken):
        retry(message, actor=actor("admin"))
    fail(message)
    retry(fresh(message), actor=actor("admin"))
    with pytest.raises(RuleBroken):
        retry(message, actor=actor("admin"))


@pytest.mark.parametrize(
    ("username", "may"),
    [("handlaggare.hjo", True), ("registrator.hjo", True), ("admin", True),
     ("bitradande.omsorg", False), ("lasare.omsorg", False), ("chef.omsorg", False)],
)  # fmt: skip
def test_who_may_send_the_answer_or_looks_after_the_mail_may_try_again(
    case: Case, username: str, may: bool
) -> None:
    _event, message = answer(case)
    fail(message)
    if may:
        retry(fresh(message), actor=actor(username))
        db.session.commit()
        assert fresh(message).state == "queued"
        return
    with pytest.raises(NotAllowed):
        retry(fresh(message), actor=actor(username))


def test_the_mail_of_a_voided_event_is_not_tried_again(case: Case) -> None:
    event, message = answer(case)
    fail(message)
    db.session.refresh(event)
    event.state = "voided"
    db.session.commit()
    with pytest.raises(RuleBroken, match="makulerad"):
        retry(fresh(message), actor=actor("admin"))


def test_the_secret_link_and_code_leave_in_the_mail_and_lie_nowhere_in_the_database(
    case: Case,
) -> None:
    link = known_link(case)
    assert link is not None
    text = f"Läs http://x.se{link.path} (kod {link.code}), eller http://x.se{link.path}?a"
    _event, message = answer(case, text)
    stored = fresh(message)
    assert link.token not in stored.text + stored.html
    assert link.code not in stored.text + stored.html
    mail = claim_due(utcnow(), 60)
    assert mail is not None
    assert mail.text == text


def test_a_seal_that_somebody_writes_opens_nothing(case: Case) -> None:
    _event, message = answer(case, "\x02T1\x03 \x02C1\x03")
    mail = claim_due(utcnow(), 60)
    assert mail is not None
    assert mail.text == fresh(message).text == "T1 C1"
