"""Files in tests: given to a case in one step, and the worker's look at what is new."""

from __future__ import annotations

from io import BytesIO

from cli.file_chores import FileKeeper
from domain.permissions import CITIZEN, Actor
from extensions import db
from models import Attachment, Case, Event, StoredFile
from services.attachments import attach, file_store, keep_file


def attach_file(
    case: Case,
    name: str,
    content: bytes,
    *,
    actor: Actor = CITIZEN,
    source: str = "staff",
    event: Event | None = None,
) -> Attachment:
    """Check, store and attach one file. Commits."""
    kept = keep_file(name, BytesIO(content))
    row = attach(kept, case, source=source, actor=actor, event=event)
    db.session.commit()
    return row


def worker_looks() -> None:
    """What the worker does with files that are new: scanning, copying pictures."""
    db.session.commit()
    FileKeeper().examine_some()
    db.session.expire_all()


def stored(attachment: Attachment) -> StoredFile:
    """What is known of the content of a file."""
    return db.session.get_one(StoredFile, attachment.sha256)


def bytes_of(sha256: str) -> bytes:
    """A content of the store."""
    with file_store().open(sha256) as file:
        return file.read()
