"""What was done with one case, and who read it. The caller has checked the right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy import select

from extensions import db
from models import AccessEntry, AuditEntry

PAGE_SIZE = 50
NOT_CHANGES = ("access.refused",)
"""Lines about a case that tell of nobody's change."""


Entry = TypeVar("Entry", AuditEntry, AccessEntry)


@dataclass(frozen=True)
class LogPage(Generic[Entry]):
    """Newest first. `older` is what to ask for as `before` on the next page, None on the last."""

    entries: list[Entry]
    older: int | None


def changes_of(case_id: int, before: int | None = None) -> LogPage[AuditEntry]:
    """The change log of one case (Ändringslogg)."""
    query = select(AuditEntry).where(
        AuditEntry.case_id == case_id, AuditEntry.action.not_in(NOT_CHANGES)
    )
    if before is not None:
        query = query.where(AuditEntry.id < before)
    found = db.session.scalars(query.order_by(AuditEntry.id.desc()).limit(PAGE_SIZE + 1))
    return page_of(list(found))


def accesses_of(case_id: int, before: int | None = None) -> LogPage[AccessEntry]:
    """Who read the case, its files and letters, and when (Åtkomstlogg)."""
    query = select(AccessEntry).where(AccessEntry.case_id == case_id)
    if before is not None:
        query = query.where(AccessEntry.id < before)
    found = db.session.scalars(query.order_by(AccessEntry.id.desc()).limit(PAGE_SIZE + 1))
    return page_of(list(found))


def page_of(rows: list[Entry]) -> LogPage[Entry]:
    """A page of `rows`, of which one more than a page was asked for."""
    shown = rows[:PAGE_SIZE]
    return LogPage(shown, shown[-1].id if len(rows) > PAGE_SIZE else None)
