"""Reading the correspondence of a case."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from extensions import db
from models import Event, OutboxMessage


def events_of(case_id: int) -> list[Event]:
    """The events of a case, newest first. Removed ones are shown to nobody."""
    return list(
        db.session.scalars(
            select(Event)
            .where(Event.case_id == case_id, Event.removed_at.is_(None))
            .options(joinedload(Event.created_by))
            .order_by(Event.number.desc())
        )
    )


def mails_of(case_id: int) -> dict[int, OutboxMessage]:
    """The outbox row of each mailed event of a case, by event id."""
    rows = db.session.scalars(select(OutboxMessage).where(OutboxMessage.case_id == case_id))
    return {row.event_id: row for row in rows if row.event_id}
