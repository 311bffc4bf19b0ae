"""What a bounce changes: the mail counts as failed, and the responsible is told (F23)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import and_, or_, select, update

from domain.bounces import Bounce, Failure
from domain.text import _
from extensions import db
from models import OutboxMessage
from services.delivery import tell_of_failure


def take_bounce(bounce: Bounce, *, now: datetime) -> bool:
    """Mark the mails that the bounce is about. False when it is about none of ours.

    A mail is ours when both its Message-ID, which only its recipient's servers have seen, and its
    recipient are right. The same bounce again is taken, and changes nothing.
    """
    found = [(row, _of(row, bounce)) for row in db.session.scalars(_known(bounce))]
    ours = [(row, failure) for row, failure in found if failure is not None]
    for row, failure in ours:
        _mark(row, failure, now)
    return bool(ours)


def _known(bounce: Bounce):  # type: ignore[no-untyped-def]
    has_left = or_(
        OutboxMessage.state == "sent",
        and_(OutboxMessage.state == "failed", OutboxMessage.bounced_at.is_not(None)),
    )
    return select(OutboxMessage).where(OutboxMessage.message_id.in_(bounce.message_ids), has_left)


def _of(row: OutboxMessage, bounce: Bounce) -> Failure | None:
    address = row.recipient_email.lower()
    return next((found for found in bounce.failures if address in found.recipients), None)


def _mark(row: OutboxMessage, failure: Failure, now: datetime) -> None:
    """One UPDATE decides: of two workers with the same bounce, one tells the responsible."""
    marked = db.session.scalar(
        update(OutboxMessage)
        .where(OutboxMessage.id == row.id, OutboxMessage.state == "sent")
        .values(
            state="failed",
            bounced_at=now,
            last_error=f"{_('Mejlet kom tillbaka')}: {failure.reason}"[:500],
        )
        .returning(OutboxMessage)
        .execution_options(synchronize_session=False, populate_existing=True)
    )
    if marked is not None:
        tell_of_failure(marked, "mail.bounced")
