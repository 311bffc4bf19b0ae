"""What is known of a content in the file store: may it leave, and what is shown of it (T31, T35).

A content is free, waiting for the scanner, or infected. Only what is free leaves: as a download,
a thumbnail, a mail's attachment or a page of a document. The stored original keeps its bytes;
what the municipality shows or sends of a picture is a copy without EXIF and GPS (decision 0010).
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from domain.file_guard import NO_COPY, NO_COPY_YET, REASONS, Guard
from domain.file_types import PICTURE_TYPES, name_as
from extensions import current_settings, db
from models import Attachment, StagedFile, StoredFile, TemplateFile, utcnow
from queries.stored_files import guard_of

NAMING = (Attachment, StagedFile, TemplateFile)
"""The tables whose rows name an original with its type and size."""

BATCH = 500


@dataclass(frozen=True)
class SendableFile:
    """Bytes that may leave: the original, or for a picture the copy without EXIF."""

    sha256: str
    content_type: str
    size: int
    is_copy: bool = False

    def name_for(self, filename: str) -> str:
        """The name it leaves under: a copy may be of another type than the original."""
        return name_as(filename, self.content_type) if self.is_copy else filename


def blocked_reason(sha256: str) -> str:
    """Why a content cannot be sent now, as a sentence for staff; "" when sendable() has it."""
    row = _known(sha256)
    guard = guard_of(row)
    if guard is not Guard.FREE or row is None or row.copy_state in ("none", "done"):
        return REASONS[guard] if row is not None else REASONS[Guard.WAITING]
    return NO_COPY if row.copy_state == "failed" else NO_COPY_YET


def sendable(sha256: str) -> SendableFile | None:
    """What may be sent of a content. None while it may not: blocked_reason() says why."""
    row = _known(sha256)
    return None if row is None or guard_of(row) is not Guard.FREE else shown_copy(row)


def shown_copy(row: StoredFile) -> SendableFile | None:
    """What leaves of a free content: a picture's copy, else the original. None until it is made."""
    if row.copy_state == "none":
        return SendableFile(row.sha256, row.content_type, row.size)
    if row.copy_state == "done" and row.copy_sha256:
        return SendableFile(row.copy_sha256, row.copy_type, row.copy_size or 0, is_copy=True)
    return None


def note_stored(sha256: str, content_type: str, size: int) -> StoredFile:
    """The row of a content, made now if there is none. Two who do it at once get the same row.

    With a scanner, what was never scanned waits for it from now on.
    """
    row = _fresh(sha256, content_type, size)
    values = {column.key: getattr(row, column.key) for column in StoredFile.__table__.columns}
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    statement = insert(StoredFile).values(**values)
    changes = {"scan_state": "waiting", "next_try_at": row.next_try_at, "tries": 0}
    db.session.execute(
        statement.on_conflict_do_update(
            index_elements=["sha256"], set_=changes, where=StoredFile.scan_state == "off"
        )
        if row.scan_state == "waiting"
        else statement.on_conflict_do_nothing()
    )
    return db.session.get_one(StoredFile, sha256, populate_existing=True)


def adopt_unknown() -> int:
    """Make the rows of some contents that have none: older ones, those of other doors. How many."""
    adopted = 0
    for table in NAMING:
        unknown = (
            select(table.sha256, table.content_type, table.size)
            .outerjoin(StoredFile, StoredFile.sha256 == table.sha256)
            .where(StoredFile.sha256.is_(None))
            .limit(BATCH)
        )
        for sha256, content_type, size in db.session.execute(unknown).all():
            note_stored(sha256, content_type, size)
            adopted += 1
    return adopted


def _known(sha256: str) -> StoredFile | None:
    """The row of a content. One that has none yet gets it from the worker: this may be a GET."""
    found = db.session.get(StoredFile, sha256)
    if found is not None:
        return found
    for table in NAMING:
        columns = select(table.content_type, table.size)
        named = db.session.execute(columns.where(table.sha256 == sha256).limit(1)).first()
        if named is not None:
            return _fresh(sha256, named.content_type, named.size)
    return None


def _fresh(sha256: str, content_type: str, size: int) -> StoredFile:
    """What is known of a content that nobody has looked at. Belongs to no session."""
    now = utcnow()
    return StoredFile(
        sha256=sha256,
        content_type=content_type,
        size=size,
        scan_state="waiting" if current_settings().clamd else "off",
        scan_result="",
        copy_state="waiting" if content_type in PICTURE_TYPES else "none",
        copy_type="",
        tries=0,
        next_try_at=now,
        created_at=now,
    )
