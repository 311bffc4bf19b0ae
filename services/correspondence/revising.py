"""Ändra: an event that has not left gets other words, and its earlier ones are kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.errors import DomainError, NotAllowed
from domain.event_rules import is_paper, is_to_submitter, may_edit
from domain.permissions import Actor
from domain.text import _
from extensions import db
from models import Case, Event, EventRevision, utcnow
from queries.event_revisions import event_of, revision_count
from services import audit
from services.correspondence.drafting import check_body
from services.correspondence.letters import Addressee, check_addressee, record_other_addressee
from services.link_seals import hide_links

WORDS = ("title", "body", "recipient", "address", "sender", "happened_at")
"""What a person may change of an event."""


class EventChanged(DomainError):
    """Somebody else changed the event while this person wrote."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            _(
                "Någon annan ändrade händelsen medan du skrev. Din text finns kvar här nedanför, "
                "med den sparade texten under. Ändra det som behövs och spara igen."
            )
        )


@dataclass(frozen=True)
class Change:
    """What the form sent: new values by their columns, and the version it was filled from."""

    values: Mapping[str, Any]
    seen: int
    confirmed_other: bool = False


def locked_event(event: Event) -> Event:
    """The event as it is now, and nobody else's to change until the transaction ends."""
    found = event_of(event.case_id, event.number, for_change=True, removed_too=True)
    assert found is not None, "Events are never deleted."
    return found


def revise(event: Event, case: Case, change: Change, *, actor: Actor) -> bool:
    """Change an event; says whether anything was different. Raises NotAllowed, RuleBroken, and
    EventChanged when there is a newer version than the one that was seen.
    """
    event = locked_event(event)
    verdict = may_edit(event, case, actor)
    if not verdict:
        raise NotAllowed(verdict.reason)
    number = revision_count(event.id) + 1
    if change.seen != number - 1:
        raise EventChanged
    check_body(change.values["body"])
    differing = _differing(event, case, change.values)
    if not differing:
        return False
    _check_recipient(event, case, differing, change, actor)
    db.session.add(_kept(event, number, actor))
    for name, value in differing.items():
        setattr(event, name, value)
    subject, fields = f"event {event.number}", sorted(differing)
    audit.record(actor, "event.edited", case_id=case.id, subject=subject, new=fields)
    return True


def _differing(event: Event, case: Case, values: Mapping[str, Any]) -> dict[str, Any]:
    """The new values that are not the old ones. Links stay hidden, whatever was pasted."""
    new = {name: values[name] for name in WORDS if name in values}
    new["body"] = hide_links(new["body"], case.id)
    return {name: v for name, v in new.items() if not _is_same(v, getattr(event, name))}


def _is_same(new: Any, old: Any) -> bool:
    """A form knows minutes only."""
    if isinstance(new, datetime):
        return bool(new == old.replace(second=0, microsecond=0))
    return bool(new == old)


def _check_recipient(
    event: Event, case: Case, differing: Mapping[str, Any], change: Change, actor: Actor
) -> None:
    """Another addressee of a letter to the submitter is confirmed, as when it was made.

    Who gets a document outside is written down in any case.
    """
    if not is_paper(event) or not {"recipient", "address"} & set(differing):
        return
    to = Addressee(
        differing.get("recipient", event.recipient), differing.get("address", event.address)
    )
    if is_to_submitter(event):
        check_addressee(case, to, confirmed_other=change.confirmed_other)
        record_other_addressee(case, event, to, actor)
    else:
        old = str(Addressee(event.recipient, event.address))
        subject = f"event {event.number}"
        audit.record(
            actor, "event.other-recipient", case_id=case.id, subject=subject, old=old, new=str(to)
        )


def _kept(event: Event, number: int, actor: Actor) -> EventRevision:
    return EventRevision(
        event_id=event.id,
        number=number,
        title=event.title,
        body=event.body,
        recipient=event.recipient,
        address=event.address,
        options={
            **event.options,
            "sender": event.sender,
            "happened_at": event.happened_at.isoformat(),
        },
        replaced_at=utcnow(),
        replaced_by_id=actor.id,
    )
