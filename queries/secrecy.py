"""Reading secrecy marks and their grounds."""

from __future__ import annotations

from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from extensions import db
from models import AuditEntry, LegalGround, SecrecyMark


def grounds_on(day: date) -> list[LegalGround]:
    """The grounds that may be used on `day`, in order."""
    rows = select(LegalGround).where(
        LegalGround.is_active,
        or_(LegalGround.valid_from.is_(None), LegalGround.valid_from <= day),
        or_(LegalGround.valid_to.is_(None), LegalGround.valid_to >= day),
    )
    return list(db.session.scalars(rows.order_by(LegalGround.position, LegalGround.id)))


def standing_mark(case_id: int, kind: str) -> SecrecyMark | None:
    """The mark of this kind ("case" or "submitter") that stands now."""
    rows = marks_of(case_id)
    return next((m for m in rows if m.kind == kind and m.cleared_at is None), None)


def marks_of(case_id: int) -> list[SecrecyMark]:
    """Every mark that a case has had, newest first."""
    rows = select(SecrecyMark).where(SecrecyMark.case_id == case_id)
    people = (
        joinedload(SecrecyMark.ground),
        joinedload(SecrecyMark.set_by),
        joinedload(SecrecyMark.cleared_by),
    )
    return list(db.session.scalars(rows.options(*people).order_by(SecrecyMark.id.desc())))


def notes_left_at(case_id: int) -> int:
    """The number of the line of the change log at which the case last passed a border of secrecy
    without its internal notes; 0 when it never did.
    """
    crossed = select(AuditEntry).filter_by(case_id=case_id, action="case.crossed")
    rows = db.session.scalars(crossed.order_by(AuditEntry.id.desc()))
    return next((row.id for row in rows if (row.new or {}).get("notes") == "left"), 0)
