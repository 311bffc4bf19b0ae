"""Reading favourites and flags: for one case, for the rows of a list, and to narrow the list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select

from domain.permissions import Actor
from extensions import db
from models import Case, CaseFavourite, CaseFlag, User


@dataclass(frozen=True)
class Flag:
    """A flag as it is shown."""

    reason: str
    by: str
    at: datetime


def flags_of(case_ids: Iterable[int]) -> dict[int, Flag]:
    """The flags of these cases by case. One query, whatever the number."""
    rows = (
        select(CaseFlag.case_id, CaseFlag.reason, User.name, CaseFlag.flagged_at)
        .join(User, User.id == CaseFlag.user_id)
        .where(CaseFlag.case_id.in_(list(case_ids)))
    )
    return {number: Flag(reason, by, at) for number, reason, by, at in db.session.execute(rows)}


def favourites_of(case_ids: Iterable[int], actor: Actor) -> frozenset[int]:
    """Which of these cases are the person's own favourites; not those of whom one stands in for."""
    rows = select(CaseFavourite.case_id).where(
        CaseFavourite.user_id == actor.id, CaseFavourite.case_id.in_(list(case_ids))
    )
    return frozenset(db.session.scalars(rows))


def is_favourite(actor: Actor) -> ColumnElement[bool]:
    """Favoriter: only ever beside visible_cases(), which it narrows."""
    own = select(CaseFavourite.case_id).where(CaseFavourite.user_id == actor.id)
    return Case.id.in_(own)


def is_flagged() -> ColumnElement[bool]:
    """Flaggade, by anybody."""
    return Case.id.in_(select(CaseFlag.case_id))
