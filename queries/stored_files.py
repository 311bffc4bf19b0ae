"""Reading what is known of contents in the file store, for many files at once."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from domain.file_guard import Guard
from extensions import current_settings, db
from models import Attachment, StoredFile


def stored_files(hashes: Iterable[str]) -> dict[str, StoredFile]:
    """The rows of these contents, by hash. A content that nobody has looked at yet has none."""
    wanted = list(set(hashes))
    if not wanted:
        return {}
    rows = db.session.scalars(select(StoredFile).where(StoredFile.sha256.in_(wanted)))
    return {row.sha256: row for row in rows}


def stored_files_of(case_id: int) -> dict[str, StoredFile]:
    """The rows of all files of a case, by hash."""
    hashes = select(Attachment.sha256).where(Attachment.case_id == case_id)
    rows = db.session.scalars(select(StoredFile).where(StoredFile.sha256.in_(hashes)))
    return {row.sha256: row for row in rows}


def guard_of(row: StoredFile | None) -> Guard:
    """Whether a content may leave, by its row. With a scanner, only what it found clean."""
    if row is not None and row.is_infected:
        return Guard.INFECTED
    if current_settings().clamd and (row is None or row.scan_state != "clean"):
        return Guard.WAITING
    return Guard.FREE


def has_thumbnail(row: StoredFile | None) -> bool:
    """Whether a thumbnail may be shown."""
    return row is not None and guard_of(row) is Guard.FREE and bool(row.thumbnail_sha256)
