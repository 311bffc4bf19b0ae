"""How many cases a unit has: what a change of the unit concerns."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import func, select

from extensions import db
from models import Case


class UnitCases(NamedTuple):
    """Numbers of cases of one unit, without those below it."""

    open: int
    all: int


def cases_of_unit(unit_id: int) -> UnitCases:
    """The open cases of the unit, and all of them."""
    is_open = func.count(Case.id).filter(Case.closed_at.is_(None))
    row = db.session.execute(select(is_open, func.count(Case.id)).where(Case.unit_id == unit_id))
    return UnitCases(*row.one())
