"""The correspondence of a case as cards, each with what became of its mail."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _

from domain.events import KINDS
from models import Event, OutboxMessage
from queries.events import events_of, mails_of

INITIATED = ("note", "meeting", "phone_out", "phone_in", "event", "document")
"""Kinds whose sender is an initiator (Initiativtagare), as on the manual's cards."""


@dataclass
class EventCard:
    """What templates/macros/timeline.html shows of one event."""

    number: int
    kind: str
    kind_label: str
    title: str
    happened_at: datetime
    sender: str
    sender_label: str
    recipient: str
    state: str
    state_note: str
    body: str
    files: list[dict[str, object]] = field(default_factory=list)


def event_cards(case_id: int, *, hides_recipient: bool = False) -> list[EventCard]:
    """Newest first. Readers do not see addresses (rights table, event:view)."""
    mails = mails_of(case_id)
    cards = [_card(event, mails.get(event.id)) for event in events_of(case_id)]
    if hides_recipient:
        for card in cards:
            card.recipient = ""
            card.sender = "" if card.kind == "citizen_reply" else card.sender
    return cards


def _card(event: Event, mail: OutboxMessage | None) -> EventCard:
    return EventCard(
        number=event.number,
        kind=event.kind,
        kind_label=_(KINDS.get(event.kind, event.kind)),
        title=event.title,
        happened_at=event.happened_at,
        sender=event.sender,
        sender_label=_("Initiativtagare") if event.kind in INITIATED else _("Avsändare"),
        recipient=event.recipient,
        state=event.state,
        state_note=_state_note(event, mail),
        body=event.body,
        files=[
            {
                "name": file.filename,
                "size": file.size,
                "url": url_for(
                    "case_commands.file", case_id=event.case_id, public_id=file.public_id
                ),
            }
            for file in event.attachments
            if file.removed_at is None
        ],
    )


def _state_note(event: Event, mail: OutboxMessage | None) -> str:
    """What a person needs to know of a mail that did not simply go: tries, and what to do."""
    if mail is None:
        return ""
    if event.state == "failed":
        return _(
            "Meddelandet kom inte fram. Kontrollera adressen, eller ring eller skriv ett brev."
        )
    if event.state == "queued" and mail.attempts:
        return _("%(count)s försök hittills. Vi försöker igen.", count=mail.attempts)
    return ""
