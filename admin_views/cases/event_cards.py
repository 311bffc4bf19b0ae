"""The correspondence of a case as cards, each with what became of it and what may be done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from flask_babel import gettext as _

from admin_views.cases.delivery_cards import delivery_actions, mail_note
from admin_views.cases.event_actions import Action, Subject, actions_of
from admin_views.cases.file_cards import FileCard, event_files
from domain.dates import short_date
from domain.event_rules import is_paper
from domain.events import KINDS
from domain.permissions import Actor, Permission, can
from models import Case, Event, StoredFile
from queries.event_revisions import revision_counts
from queries.events import events_of, mails_of
from queries.stored_files import stored_files_of
from services.contact_mask import Mask, without_contact
from services.correspondence.posting import document_name, posted_copy
from services.documents.rendering import get_ready

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
    posted_on: str = ""
    void_note: str = ""
    document: str = ""
    files: list[FileCard] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)


def event_cards(case: Case, actor: Actor) -> list[EventCard]:
    """Newest first. Readers do not see addresses (rights table, event:view)."""
    events, mails, versions = events_of(case.id), mails_of(case.id), revision_counts(case.id)
    known = stored_files_of(case.id)
    cards = [
        _card(Subject(event, case, actor, mails.get(event.id), versions.get(event.id, 0)), known)
        for event in events
    ]
    if any(is_paper(event) for event in events):
        get_ready()
    if not can(actor, Permission.CASE_VIEW_SUBMITTER, case):
        for card in cards:
            _leave_out_contact(card, without_contact(case))
    return cards


def _leave_out_contact(card: EventCard, mask: Mask) -> None:
    card.recipient = ""
    card.sender = "" if card.kind == "citizen_reply" else mask(card.sender)
    card.title, card.body, card.void_note = map(mask, (card.title, card.body, card.void_note))


def _card(of: Subject, known: Mapping[str, StoredFile]) -> EventCard:
    event = of.event
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
        state_note=mail_note(of),
        body=event.body,
        posted_on=short_date(event.posted_at),
        void_note=_void_note(event),
        document=_document(event),
        files=event_files(event.attachments, of.case, of.actor, known),
        actions=[*delivery_actions(of), *actions_of(of)],
    )


def _document(event: Event) -> str:
    """The name of the letter itself, while it is not among the files."""
    if not is_paper(event) or posted_copy(event) is not None:
        return ""
    return document_name(event, "pdf")


def _void_note(event: Event) -> str:
    if event.state != "voided":
        return ""
    return _(
        "Makulerad %(day)s av %(name)s: %(reason)s",
        day=short_date(event.voided_at),
        name=event.voided_by.name if event.voided_by else "",
        reason=event.void_reason,
    )
