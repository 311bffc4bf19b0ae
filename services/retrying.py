"""Försök igen: sending a failed mail anew, and who may."""

from __future__ import annotations

from sqlalchemy import select, update

from domain.errors import NotAllowed, RuleBroken
from domain.events import PURPOSES
from domain.permissions import Actor, Permission, can
from domain.text import _
from extensions import db
from models import Case, Event, OutboxMessage, utcnow
from services import audit
from services.outbox import TRIED_FOR, refresh_failed_mark, set_event_state


def may_retry(actor: Actor, case: Case | None, event: Event | None) -> bool:
    """Whether `actor` may send a mail of `event` again: who may send its kind on this case, and
    who looks after the outbox.
    """
    if case is not None and event is not None:
        usual = Permission.EVENT_CONFIRM  # the receipt, which no template sends
        if can(actor, PURPOSES.get(event.purpose, usual), case):
            return True
    return can(actor, Permission.OUTBOX_RETRY, case)


def retry(message: OutboxMessage, *, actor: Actor) -> None:
    """Send a failed mail anew, for another 48 hours. Raises NotAllowed, RuleBroken.

    It keeps its Message-ID and its bytes: who got it after all can tell that it is the same.
    """
    case = db.session.get(Case, message.case_id) if message.case_id else None
    if not may_retry(actor, case, message.event):
        raise NotAllowed
    if message.event is not None and message.event.state == "voided":
        raise RuleBroken(_("Händelsen är makulerad, så mejlet skickas inte igen."))
    if not _queue_again(message.id):
        raise RuleBroken(_("Mejlet väntar redan på att skickas eller är skickat."))
    if message.event_id is not None:
        set_event_state(message.event_id, "queued")
        refresh_failed_mark(message.case_id)
    audit.record(
        actor, "mail.retried", case_id=message.case_id, subject=f"outbox_messages {message.id}"
    )


def retry_event(event: Event, *, actor: Actor) -> None:
    """The same for the mail of one event. Raises NotAllowed, RuleBroken."""
    mail = select(OutboxMessage).where(OutboxMessage.event_id == event.id)
    rows = db.session.scalars(mail.order_by(OutboxMessage.id)).all()
    failed = [row for row in rows if row.state == "failed"]
    if not rows:
        raise RuleBroken(_("Det finns inget mejl att skicka igen."))
    for row in failed or rows:
        retry(row, actor=actor)


def _queue_again(message_id: int) -> bool:
    """One UPDATE decides: a double click must not take a mail away from who is sending it."""
    now = utcnow()
    queued = db.session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.id == message_id, OutboxMessage.state == "failed")
        .values(
            state="queued",
            attempts=0,
            next_try_at=now,
            give_up_at=now + TRIED_FOR,
            lease_until=None,
            sent_at=None,
            bounced_at=None,
        )
    )
    return bool(queued.rowcount)  # type: ignore[attr-defined]
