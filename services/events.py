"""Adding to the correspondence of a case. Numbers run within the case and are never used again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update

from domain.layout import EventTemplateItem
from domain.permissions import Actor
from extensions import db
from models import Case, Event, utcnow
from services import audit


def add_event(
    case: Case,
    *,
    kind: str,
    title: str,
    body: str = "",
    purpose: str = "other",
    sender: str = "",
    recipient: str = "",
    state: str = "registered",
    template: EventTemplateItem | None = None,
    address: str = "",
    happened_at: datetime | None = None,
    actor: Actor,
) -> Event:
    """Add one event with the next number and record it. `body` must be clean HTML.

    The caller has checked that `actor` may do it. The case's version is left alone.
    """
    event = Event(
        case_id=case.id,
        number=_next_number(case),
        kind=kind,
        purpose=purpose,
        state=state,
        address=address,
        title=title,
        body=body,
        sender=sender,
        recipient=recipient,
        happened_at=happened_at or utcnow(),
        created_at=utcnow(),
        created_by_id=actor.id,
    )
    if template is not None:
        event.template_id, event.template_version = template.id, template.version
    db.session.add(event)
    db.session.flush()
    _record(event, actor)
    return event


def _record(event: Event, actor: Actor) -> None:
    audit.record(
        actor,
        "event.added",
        case_id=event.case_id,
        subject=f"event {event.number}",
        new={"kind": event.kind, "title": event.title, "recipient": event.recipient},
    )


def _next_number(case: Case) -> int:
    """Take the next number with one UPDATE, so that two writers never get the same."""
    db.session.flush()
    number = db.session.scalar(
        update(Case)
        .where(Case.id == case.id)
        .values(event_count=Case.event_count + 1)
        .returning(Case.event_count)
        .execution_options(synchronize_session=False)
    )
    db.session.expire(case, ["event_count"])
    assert number is not None
    return number
