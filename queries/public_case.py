"""What the citizen may read of the own case: an allow-list, built anew for the reply page (T39).

Nothing that is not named here reaches the page: no internal note, no other event, no person but
the responsible.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, or_, select

from domain.events import NO_CONTACT
from domain.file_guard import BADGES
from domain.file_types import name_as
from domain.layout import CaseTypeLayout
from extensions import db
from models import Attachment, Case, CaseOriginal, Event, StoredFile, User
from queries.configuration import configuration
from queries.stored_files import guard_of, has_thumbnail, stored_files_of

Known = Mapping[str, StoredFile]

SHOWN_PURPOSES = ("confirmation", "answer", "second_answer", "refusal", "delay", "transfer")
"""What is sent to the submitter. A letter counts when it is posted; a voided event never does."""


@dataclass(frozen=True)
class PublicFile:
    """One file that the citizen may download."""

    public_id: str
    name: str
    size: int
    has_thumbnail: bool = False
    badge: tuple[str, str, str] | None = None


@dataclass(frozen=True)
class PublicMessage:
    """One message between the citizen and the municipality. `body` is clean HTML.

    `is_noted`: staff wrote down what the citizen said or wrote in another way.
    """

    by_citizen: bool
    is_noted: bool
    title: str
    happened_at: datetime
    body: str
    files: tuple[PublicFile, ...]


@dataclass(frozen=True)
class PublicPerson:
    """The responsible, as far as the submitter is told."""

    name: str
    title: str
    phone: str


@dataclass(frozen=True)
class PublicCase:
    """The reply page. `state`: received, acknowledged, answered or closed."""

    number: int
    text: str
    received_on: date
    answer_by: date
    answered_on: date | None
    wants_answer: bool
    state: str
    responsible: PublicPerson | None
    files: tuple[PublicFile, ...]
    messages: tuple[PublicMessage, ...]


def public_case(case: Case) -> PublicCase:
    """Read what the submitter may see of `case`: a fixed number of queries."""
    layout = configuration().case_type(case.case_type_id)
    original = db.session.get_one(CaseOriginal, case.id)
    known = stored_files_of(case.id)
    return PublicCase(
        number=case.id,
        text=original.text,
        received_on=case.received_on,
        answer_by=case.answer_by,
        answered_on=case.answered_on,
        wants_answer=_wants_answer(case, layout),
        state=_state(case),
        responsible=_person(case.responsible),
        files=tuple(_public(file, known) for file in db.session.scalars(_own_files(case.id))),
        messages=tuple(
            _message(event, known) for event in db.session.scalars(_shown_events(case.id))
        ),
    )


def find_public_file(case_id: int, public_id: str) -> Attachment | None:
    """One file the submitter of this case may download: own ones and those of sent answers."""
    own = Attachment.source == "submitter"
    sent = Attachment.event_id.in_(
        _shown_events(case_id).with_only_columns(Event.id).order_by(None)
    )
    return db.session.scalar(
        select(Attachment).where(
            Attachment.case_id == case_id,
            Attachment.public_id == public_id,
            Attachment.removed_at.is_(None),
            or_(own, sent),
        )
    )


def asks_for_code(case: Case) -> bool:
    """Whether the link alone is not enough: sensitive types and cases under a secrecy mark.

    The link travels in clear mail, the code does not (JO 1376-2013).
    """
    layout = configuration().case_type(case.case_type_id)
    if case.has_protected_submitter:
        return True
    return case.is_secret or layout is None or layout.mail_content == "notice"


def _shown_events(case_id: int):  # type: ignore[no-untyped-def]
    mailed = Event.kind == "sent_email"
    posted = and_(Event.kind == "document", Event.state == "sent")
    sent = and_(or_(mailed, posted), Event.purpose.in_(SHOWN_PURPOSES))
    return (
        select(Event)
        .where(
            Event.case_id == case_id,
            Event.state.not_in(("voided", "draft")),
            Event.removed_at.is_(None),
            or_(sent, Event.kind == "citizen_reply"),
        )
        .order_by(Event.happened_at, Event.number)
    )


def _own_files(case_id: int):  # type: ignore[no-untyped-def]
    """The files that came with the form itself."""
    return (
        select(Attachment)
        .where(
            Attachment.case_id == case_id,
            Attachment.source == "submitter",
            Attachment.event_id.is_(None),
            Attachment.removed_at.is_(None),
        )
        .order_by(Attachment.id)
    )


def _message(event: Event, known: Known) -> PublicMessage:
    return PublicMessage(
        by_citizen=event.by_citizen,
        is_noted=event.by_citizen and event.created_by_id is not None,
        title=event.title,
        happened_at=event.happened_at,
        body=event.body,
        files=tuple(_public(file, known) for file in event.attachments if file.removed_at is None),
    )


def _public(file: Attachment, known: Known) -> PublicFile:
    """Own files as they were sent; of the municipality's pictures the copy (decision 0010)."""
    row = known.get(file.sha256)
    name, size = file.filename, file.size
    if row is not None and file.source == "staff" and row.copy_sha256:
        name, size = name_as(name, row.copy_type), row.copy_size or size
    return PublicFile(file.public_id, name, size, has_thumbnail(row), BADGES.get(guard_of(row)))


def _person(user: User | None) -> PublicPerson | None:
    return PublicPerson(user.name, user.title, user.phone) if user else None


def _wants_answer(case: Case, layout: CaseTypeLayout | None) -> bool:
    return layout is None or layout.meaning_of(case.contact_way_id) not in NO_CONTACT


def _state(case: Case) -> str:
    if case.is_closed:
        return "closed"
    if case.answered_on:
        return "answered"
    return "acknowledged" if case.acknowledged_on else "received"
