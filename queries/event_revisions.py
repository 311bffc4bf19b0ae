"""Reading one event, and what it said before it was changed."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import func, select

from domain.row_ids import row_id
from extensions import db
from models import Event, EventRevision, User


class Revision(NamedTuple):
    """An earlier version, and the name of who replaced it."""

    row: EventRevision
    replaced_by: str


def event_of(
    case_id: int, number: int, *, for_change: bool = False, removed_too: bool = False
) -> Event | None:
    """The event with this number in this case.

    `for_change` reads it anew and keeps others from changing it until the transaction ends.
    """
    if row_id(number) is None:
        return None
    query: Any = select(Event).where(Event.case_id == case_id, Event.number == number)
    if not removed_too:
        query = query.where(Event.removed_at.is_(None))
    if for_change:
        query = query.with_for_update(of=Event).execution_options(populate_existing=True)
    found: Event | None = db.session.scalar(query)
    return found


def revision_count(event_id: int) -> int:
    """How many earlier versions there are."""
    query = select(func.count()).where(EventRevision.event_id == event_id)
    return db.session.scalar(query) or 0


def revision_counts(case_id: int) -> dict[int, int]:
    """The same for every changed event of a case, by event id."""
    query = (
        select(EventRevision.event_id, func.count())
        .join(Event, Event.id == EventRevision.event_id)
        .where(Event.case_id == case_id)
        .group_by(EventRevision.event_id)
    )
    return {event_id: count for event_id, count in db.session.execute(query)}


def revisions_of(event_id: int) -> list[Revision]:
    """The earlier versions of an event, newest first."""
    query = (
        select(EventRevision, User.name)
        .outerjoin(User, User.id == EventRevision.replaced_by_id)
        .where(EventRevision.event_id == event_id)
        .order_by(EventRevision.number.desc())
    )
    return [Revision(row, name or "") for row, name in db.session.execute(query)]
