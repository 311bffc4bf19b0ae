"""Files of cases: checked, stored, staged while a form has errors, attached when it is sent.

A file reaches the disk before its row is written (gateways/files.py), so keep_file() touches no
database: call it before the transaction, because a large file must not hold up other writers.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import IO

from sqlalchemy import delete, select

from domain.errors import RuleBroken
from domain.file_types import CheckedFile, check_file, check_room
from domain.permissions import Actor
from domain.text import _
from extensions import current_settings, db
from gateways.files import FileStore
from models import Attachment, Case, Event, StagedFile, utcnow
from services import audit

STAGED_FOR = timedelta(hours=48)
"""How long a form may lie unsent before the files that were chosen in it are removed."""


@dataclass(frozen=True)
class KeptFile:
    """A file that was checked and lies in the store."""

    checked: CheckedFile
    sha256: str


def file_store() -> FileStore:
    """The store of this installation."""
    return FileStore(current_settings().data_dir / "files")


def keep_file(filename: str, stream: IO[bytes]) -> KeptFile:
    """Check one uploaded file and store its bytes. Raises RuleBroken with the file's name."""
    checked = check_file(filename, stream)
    store = file_store()
    if not store.has_room():
        raise RuleBroken(
            _(
                "Vi kan inte ta emot filer just nu. Filen %(name)s följde inte med. Skicka utan "
                "filer, eller försök igen om en stund."
            ),
            name=checked.name,
        )
    sha256, _size = store.put(stream)
    return KeptFile(checked, sha256)


def staged(form_key: str) -> list[StagedFile]:
    """The files accepted so far in the unsent form `form_key`, in order."""
    rows = select(StagedFile).where(StagedFile.form_key == form_key).order_by(StagedFile.id)
    return list(db.session.scalars(rows))


def stage_kept(form_key: str, kept: KeptFile) -> StagedFile:
    """Remember a kept file for a form. The same file twice counts once. Raises RuleBroken."""
    others = staged(form_key)
    for other in others:
        if (other.sha256, other.filename) == (kept.sha256, kept.checked.name):
            return other
    together = sum(other.size for other in others)
    check_room(kept.checked.name, kept.checked.size, count=len(others), together=together)
    row = StagedFile(form_key=form_key, created_at=utcnow(), **_columns(kept))
    db.session.add(row)
    db.session.flush()
    return row


def stage(form_key: str, filename: str, stream: IO[bytes]) -> StagedFile:
    """Check, store and remember one file for the unsent form `form_key`. Raises RuleBroken."""
    return stage_kept(form_key, keep_file(filename, stream))


def remove_staged(form_key: str, public_ids: Iterable[str]) -> None:
    """Forget files of one form. What belongs to another form is left alone."""
    if chosen := list(public_ids):
        db.session.execute(
            delete(StagedFile).where(
                StagedFile.form_key == form_key, StagedFile.public_id.in_(chosen)
            )
        )


def attach_staged(
    form_key: str, case: Case, *, source: str, actor: Actor, event: Event | None = None
) -> list[Attachment]:
    """Give the files of a form to `case`, and to `event` when they came with one."""
    attachments = []
    for row in staged(form_key):
        checked = CheckedFile(row.filename, row.content_type, row.size)
        kept = KeptFile(checked, row.sha256)
        attachments.append(attach(kept, case, source=source, actor=actor, event=event))
        db.session.delete(row)
    db.session.flush()
    return attachments


def attach_upload(
    case: Case,
    filename: str,
    stream: IO[bytes],
    *,
    actor: Actor,
    source: str = "staff",
    event: Event | None = None,
) -> Attachment:
    """Check, store and attach one file. The caller has checked the right. Raises RuleBroken."""
    kept = keep_file(filename, stream)
    attachment = attach(kept, case, source=source, actor=actor, event=event)
    db.session.flush()
    return attachment


def purge_staged(now: datetime) -> None:
    """Remove what unsent forms left behind, rows and then files. For the worker, about hourly.

    A file goes at the earliest a day after it was put, and only when no row names it.
    """
    db.session.execute(delete(StagedFile).where(StagedFile.created_at < now - STAGED_FOR))
    file_store().delete_unused(_used_among)


def attach(
    kept: KeptFile, case: Case, *, source: str, actor: Actor, event: Event | None
) -> Attachment:
    """Give one kept file to `case`, and to `event` if there is one. The caller flushes."""
    attachment = Attachment(
        case_id=case.id,
        event_id=event.id if event else None,
        source=source,
        created_at=utcnow(),
        created_by_id=actor.id,
        **_columns(kept),
    )
    db.session.add(attachment)
    audit.record(actor, "attachment.added", case_id=case.id, new=kept.checked.name)
    return attachment


def _columns(kept: KeptFile) -> dict[str, object]:
    return {
        "public_id": secrets.token_urlsafe(32),
        "sha256": kept.sha256,
        "filename": kept.checked.name,
        "content_type": kept.checked.content_type,
        "size": kept.checked.size,
    }


def _used_among(hashes: list[str]) -> set[str]:
    attached = select(Attachment.sha256).where(Attachment.sha256.in_(hashes))
    waiting = select(StagedFile.sha256).where(StagedFile.sha256.in_(hashes))
    return set(db.session.scalars(attached.union(waiting)))
