"""What a printed case may be made of: plain copies of named columns, never a row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from extensions import db
from models import Attachment, CaseOriginal, Event


@dataclass(frozen=True)
class PrintedEvent:
    """One event of the correspondence."""

    number: int
    kind: str
    purpose: str
    state: str
    title: str
    body: str
    sender: str
    recipient: str
    happened_at: datetime
    files: tuple[str, ...]


@dataclass(frozen=True)
class PrintedFile:
    """One file of the case. The same content under the same name is one file."""

    filename: str
    content_type: str
    size: int
    sha256: str
    source: str
    created_at: datetime


def original_text(case_id: int) -> str:
    """The words as they came in."""
    text = db.session.scalar(select(CaseOriginal.text).where(CaseOriginal.case_id == case_id))
    return text or ""


def printed_events(case_id: int) -> list[PrintedEvent]:
    """The events in the order in which they happened. Removed ones are not among them."""
    rows = db.session.scalars(
        select(Event)
        .where(Event.case_id == case_id, Event.removed_at.is_(None))
        .options(selectinload(Event.attachments))
        .order_by(Event.number)
    )
    return [
        PrintedEvent(
            number=row.number,
            kind=row.kind,
            purpose=row.purpose,
            state=row.state,
            title=row.title,
            body=row.body,
            sender=row.sender,
            recipient=row.recipient,
            happened_at=row.happened_at,
            files=tuple(f.filename for f in row.attachments if f.removed_at is None),
        )
        for row in rows
    ]


def printed_files(case_id: int, copy_key: str) -> list[PrintedFile]:
    """The files of the case in the order in which they came, without the copies of posted letters,
    which their events name under `copy_key`.
    """
    rows = db.session.scalars(
        select(Attachment)
        .where(Attachment.case_id == case_id, Attachment.removed_at.is_(None))
        .order_by(Attachment.id)
    )
    copies = _copies(case_id, copy_key)
    kept = [row for row in rows if row.public_id not in copies]
    first = {(row.sha256, row.filename): row for row in reversed(kept)}
    return [
        PrintedFile(
            filename=row.filename,
            content_type=row.content_type,
            size=row.size,
            sha256=row.sha256,
            source=row.source,
            created_at=row.created_at,
        )
        for row in sorted(first.values(), key=lambda row: row.id)
    ]


def _copies(case_id: int, copy_key: str) -> set[str]:
    options = db.session.scalars(select(Event.options).where(Event.case_id == case_id))
    return {found[copy_key] for found in options if copy_key in found}
