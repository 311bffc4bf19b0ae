"""Claiming and settling: order, lease, fencing, the pauses between tries, and giving up."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, text

from extensions import db
from models import utcnow
from services.delivery import ClaimedMail, claim_due, finish_failed, finish_sent
from tests.support.mails import fresh, queued

pytestmark = pytest.mark.both
MINUTE = timedelta(minutes=1)


@pytest.fixture
def start(app: Flask) -> datetime:
    return utcnow()


def claim(now: datetime, lease: int = 300) -> ClaimedMail:
    mail = claim_due(now, lease)
    db.session.commit()
    assert mail is not None
    return mail


def test_answers_go_before_receipts_and_older_before_newer(start: datetime) -> None:
    wanted = [queued(priority=p, subject=f"{p}") for p in (5, 1, 3, 1)]
    now = utcnow()
    order = [claim(now).id for _mail in wanted]
    assert order == [wanted[i].id for i in (1, 3, 2, 0)]
    assert claim_due(now, 300) is None


def test_a_claim_holds_until_its_lease_ends_and_then_another_gets_the_mail(
    start: datetime,
) -> None:
    message = queued()
    now = utcnow()
    first = claim(now, lease=300)
    assert (first.id, first.claim, fresh(message).state) == (message.id, 1, "sending")
    assert claim_due(now + timedelta(seconds=299), 300) is None
    second = claim(now + timedelta(seconds=300))
    assert (second.id, second.claim) == (message.id, 2)


def test_who_lost_the_lease_may_not_write_the_outcome(start: datetime) -> None:
    message = queued()
    first = claim(utcnow(), lease=1)
    now = utcnow() + MINUTE
    second = claim(now)
    assert not finish_failed(first.id, first.claim, "för sent", now=now, permanent=True)
    assert not finish_sent(first.id, first.claim, now=now)
    db.session.commit()
    assert (fresh(message).state, fresh(message).last_error) == ("sending", "")
    assert finish_sent(second.id, second.claim, now=now)
    assert not finish_sent(second.id, second.claim, now=now)
    db.session.commit()
    assert (fresh(message).state, fresh(message).sent_at) == ("sent", now)


def test_the_pauses_grow_from_a_minute_to_an_hour_and_stay_there(start: datetime) -> None:
    message = queued()
    now, pauses = utcnow(), []
    for _try in range(6):
        mail = claim(now)
        assert finish_failed(mail.id, mail.claim, "451 senare", now=now)
        db.session.commit()
        row = fresh(message)
        assert (row.state, row.last_error, row.lease_until) == ("queued", "451 senare", None)
        pauses.append((row.next_try_at - now) // MINUTE)
        assert claim_due(row.next_try_at - timedelta(seconds=1), 300) is None
        now = row.next_try_at
    assert pauses == [1, 5, 15, 60, 60, 60]
    assert fresh(message).attempts == 6


def test_a_server_that_is_away_is_tried_again_within_the_minute(start: datetime) -> None:
    message = queued()
    now = utcnow()
    for _try in range(6):
        mail = claim(now)
        finish_failed(mail.id, mail.claim, "borta", now=now, unreachable=True)
        db.session.commit()
        assert fresh(message).next_try_at - now == MINUTE
        now += MINUTE


def test_a_mail_is_tried_for_48_hours_and_then_given_up(start: datetime) -> None:
    message = queued()
    now, tries = utcnow(), 0
    while fresh(message).state == "queued":
        mail = claim(now)
        tries += 1
        finish_failed(mail.id, mail.claim, "451 senare", now=now)
        db.session.commit()
        last, now = now, fresh(message).next_try_at
    assert fresh(message).state == "failed"
    assert last - message.created_at >= timedelta(hours=48)
    assert tries > 48
    assert claim_due(now + timedelta(days=9), 300) is None


def test_never_is_never_at_once(start: datetime) -> None:
    message = queued()
    mail = claim(utcnow())
    assert finish_failed(mail.id, mail.claim, "550 nej", now=utcnow(), permanent=True)
    db.session.commit()
    row = fresh(message)
    assert (row.state, row.last_error, row.attempts) == ("failed", "550 nej", 1)


def test_every_try_leaves_the_same_mail(start: datetime) -> None:
    queued()
    first = claim(utcnow(), lease=0)
    second = claim(utcnow(), lease=0)
    assert {**vars(first), "claim": 0} == {**vars(second), "claim": 0}


def test_a_claim_walks_the_index_of_what_is_due(app: Flask) -> None:
    """It is asked every second, and the outbox keeps every mail that was ever sent."""
    for _n in range(3):
        queued()
    is_sqlite = db.engine.dialect.name == "sqlite"
    seen: list[tuple[str, Any]] = []
    cursor_event = (db.engine, "before_cursor_execute", lambda *args: seen.append(args[2:4]))
    event.listen(*cursor_event)
    claim_due(utcnow(), 60)
    event.remove(*cursor_event)
    db.session.rollback()
    if not is_sqlite:  # the planner prefers to read a table of three rows as a whole
        db.session.execute(text("SET LOCAL enable_seqscan = off"))
    statement, parameters = next(s for s in seen if s[0].startswith("UPDATE outbox_messages"))
    explain = "EXPLAIN QUERY PLAN " if is_sqlite else "EXPLAIN "
    cursor = db.session.connection().connection.cursor()
    cursor.execute(explain + statement, parameters)
    plan = " ".join(str(column) for row in cursor.fetchall() for column in row)
    assert "ix_outbox_messages_due" in plan
    assert "TEMP B-TREE" not in plan
    assert "Sort" not in plan
