"""Which of many cases a person still sees, after some of them were given away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from domain.permissions import Actor
from extensions import db
from models import Case, CaseParticipant
from queries.cases import visible_cases


def still_visible(case_ids: Iterable[int], actor: Actor) -> frozenset[int]:
    """Those of these cases that `actor` may see now."""
    rows = select(Case.id).where(Case.id.in_(list(case_ids)), visible_cases(actor))
    return frozenset(db.session.scalars(rows))


def load_people_and_choices(cases: Sequence[Case]) -> None:
    """What edit rights and fields of many cases look at, in a few queries instead of some each."""
    query = select(Case).where(Case.id.in_([case.id for case in cases]))
    query = query.options(
        selectinload(Case.participants).joinedload(CaseParticipant.user),
        selectinload(Case.choices),
        joinedload(Case.responsible),
    )
    db.session.scalars(query).all()
