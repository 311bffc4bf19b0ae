"""Ta bort and Makulera: what has not left goes away, what has left is struck through and stays."""

from __future__ import annotations

from sqlalchemy import update

from domain.errors import NotAllowed, RuleBroken
from domain.event_rules import may_remove, may_void, needs_reason
from domain.permissions import Actor
from domain.text import _
from extensions import db
from models import Case, Event, OutboxMessage, utcnow
from services import audit
from services.correspondence.revising import locked_event
from services.correspondence.taking_back import take_back
from services.outbox import refresh_failed_mark

MAX_REASON = 500
STOPPED = _("Makulerat innan det skickades")


def remove_event(event: Event, case: Case, reason: str, *, actor: Actor) -> None:
    """Take an event away and undo what it did. Its row, its number and a line in the log stay.

    Raises NotAllowed, and RuleBroken when the reason is missing where one is needed.
    """
    event = locked_event(event)
    verdict = may_remove(event, case, actor)
    if not verdict:
        raise NotAllowed(verdict.reason)
    reason = _checked_reason(reason, is_needed=needs_reason(event))
    event.removed_at, event.removed_by_id = utcnow(), actor.id
    event.removal_reason = reason
    take_back(case, event, actor)
    _record(event, "event.removed", reason, actor)


def void_event(event: Event, case: Case, reason: str, *, actor: Actor) -> bool:
    """Strike through what was sent or posted, and undo what it did.

    Says whether a mail was stopped before it left. Raises NotAllowed, RuleBroken.
    """
    event = locked_event(event)
    verdict = may_void(event, case, actor)
    if not verdict:
        raise NotAllowed(verdict.reason)
    event.void_reason = _checked_reason(reason, is_needed=True)
    event.state, event.voided_at, event.voided_by_id = "voided", utcnow(), actor.id
    take_back(case, event, actor)
    _record(event, "event.voided", event.void_reason, actor)
    db.session.flush()
    stopped = _stop_mail(event)
    refresh_failed_mark(case.id)
    return stopped


def _checked_reason(reason: str, *, is_needed: bool) -> str:
    reason = " ".join(reason.split())
    if is_needed and not reason:
        raise RuleBroken(_("Skriv varför."), field="reason")
    if len(reason) > MAX_REASON:
        raise RuleBroken(_("Skälet är för långt. Korta ned det."), field="reason")
    return reason


def _stop_mail(event: Event) -> bool:
    """Keep a mail that waits from leaving: one UPDATE, so that no worker claims it meanwhile.

    A mail that is just being sent is out of reach; it is not tried again if this try fails.
    """
    mine = OutboxMessage.event_id == event.id
    stopped = db.session.execute(
        update(OutboxMessage)
        .where(mine, OutboxMessage.state == "queued")
        .values(state="failed", last_error=STOPPED, lease_until=None)
    )
    db.session.execute(
        update(OutboxMessage)
        .where(mine, OutboxMessage.state == "sending")
        .values(give_up_at=utcnow())
    )
    return bool(stopped.rowcount)  # type: ignore[attr-defined]


def _record(event: Event, deed: str, reason: str, actor: Actor) -> None:
    audit.record(
        actor,
        deed,
        case_id=event.case_id,
        subject=f"event {event.number}",
        old={"kind": event.kind, "title": event.title, "recipient": event.recipient},
        new=reason,
    )
