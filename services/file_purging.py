"""Removing contents that no row names any more: first the rows about them, then the bytes.

A content goes at the earliest a day after it was put, because its row may still be on the way.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import delete, exists, select

from extensions import db
from gateways.files import KEEP_SECONDS
from models import (
    Attachment,
    EventDraft,
    ExportJob,
    Municipality,
    OutboxFile,
    RenderJob,
    StagedFile,
    StoredFile,
    TemplateFile,
)

STAGED_FOR = timedelta(hours=48)
"""How long a form may lie unsent before the files that were chosen in it are removed."""

BATCH = 500

NAMING = (
    Attachment.sha256, StagedFile.sha256, OutboxFile.sha256, TemplateFile.sha256,
    RenderJob.source_sha256, RenderJob.result_sha256, Municipality.logo_sha256,
    Municipality.public_logo_sha256, ExportJob.result_sha256,
)  # fmt: skip
"""Every column that names a content for its own sake. A new table with files adds its own here."""

COPIES = (StoredFile.copy_sha256, StoredFile.thumbnail_sha256)
"""The columns that name what was made of another content."""


def forget_staged(now: datetime) -> None:
    """Forget the files of forms that were never sent. Those of kept drafts stay with the draft."""
    drafts = select(EventDraft.form_key)
    db.session.execute(
        delete(StagedFile).where(
            StagedFile.created_at < now - STAGED_FOR, StagedFile.form_key.not_in(drafts)
        )
    )


def forget_unused(now: datetime) -> list[str]:
    """Forget what is known of some contents that nothing names; returns them and their copies."""
    old = StoredFile.created_at < now - timedelta(seconds=KEEP_SECONDS)
    unnamed = [~exists().where(column == StoredFile.sha256) for column in NAMING]
    rows = db.session.scalars(select(StoredFile).where(old, *unnamed).limit(BATCH)).all()
    found = []
    for row in rows:
        found += [row.sha256, row.copy_sha256, row.thumbnail_sha256]
        db.session.delete(row)
    db.session.flush()
    return [sha256 for sha256 in found if sha256]


def used_among(hashes: Iterable[str]) -> set[str]:
    """Which of these contents a row names."""
    wanted = list(hashes)
    first, *others = [select(column).where(column.in_(wanted)) for column in (*NAMING, *COPIES)]
    return {sha256 for sha256 in db.session.scalars(first.union(*others)) if sha256}
