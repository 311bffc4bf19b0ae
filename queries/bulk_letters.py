"""The ticked cases of the list, and which of their letters wait to be posted."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from domain.event_rules import OUTSIDE
from domain.permissions import Actor
from extensions import db
from models import Case, Event, EventRevision
from queries.cases import visible_cases


def ticked_cases(ids: Sequence[int], actor: Actor) -> list[Case] | None:
    """The cases in the order of `ids`. None when one is missing, or not for this person to see."""
    query = select(Case).where(Case.id.in_(ids), visible_cases(actor))
    query = query.options(joinedload(Case.unit), joinedload(Case.submitter))
    found = {case.id: case for case in db.session.scalars(query)}
    return [found[number] for number in ids] if len(found) == len(set(ids)) else None


def waiting_letters(case_ids: Sequence[int]) -> dict[int, list[Event]]:
    """The documents that are not posted yet by case, in the order they were made."""
    query = (
        select(Event)
        .where(
            Event.case_id.in_(case_ids),
            Event.kind == "document",
            Event.state == "draft",
            Event.removed_at.is_(None),
        )
        .order_by(Event.number)
    )
    found: dict[int, list[Event]] = {number: [] for number in case_ids}
    for event in db.session.scalars(query):
        found[event.case_id].append(event)
    return found


def versions_of(event_ids: Sequence[int]) -> dict[int, int]:
    """How many earlier versions each event has; one that was never changed is not among them."""
    query = (
        select(EventRevision.event_id, func.count())
        .where(EventRevision.event_id.in_(event_ids))
        .group_by(EventRevision.event_id)
    )
    return {event_id: count for event_id, count in db.session.execute(query)}


def goes_outside(event: Event) -> bool:
    """A case to an external party is printed by itself: it has an envelope of its own size."""
    return event.purpose == OUTSIDE
