"""Counting: one grouped statement over the facts, and the cells that come of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import and_, func, select

from domain.permissions import Actor
from domain.statistics.measures import Days
from domain.statistics.question import Question
from domain.statistics.table import Cell, Kind, Slice
from extensions import db
from models import CaseChoice, CaseFact
from queries.statistics.outcomes import IN_TIME, LATE, OVERDUE, answer_outcome
from queries.statistics.scope import counted

Tally = Counter[tuple[Any, ...]]
"""Values of the dimensions → number of cases."""


def tally(question: Question, actor: Actor, *dimensions: Any, is_refused: bool = False) -> Tally:
    """Count the cases of the question by columns (or expressions) of CaseFact."""
    where = counted(question, actor, is_refused=is_refused)
    rows = db.session.execute(
        select(*dimensions, func.count()).select_from(CaseFact).where(where).group_by(*dimensions)
    )
    return Counter({tuple(row[:-1]): row[-1] for row in rows})


def case_count(question: Question, actor: Actor) -> int:
    """The number of cases of the question."""
    query = select(func.count()).select_from(CaseFact).where(counted(question, actor))
    return db.session.scalar(query) or 0


def ticks(
    question: Question,
    actor: Actor,
    field: str,
    *dimensions: Any,
    only: Iterable[int] | None = None,
) -> Tally:
    """Count ticks of a field with several choices: (choice id, *dimensions) → number of cases.

    `only`: no other choices than these.
    """
    keys = (CaseChoice.choice_id, *dimensions)
    chosen = CaseChoice.field_key == field
    if only is not None:
        chosen = and_(chosen, CaseChoice.choice_id.in_(only))
    rows = db.session.execute(
        select(*keys, func.count())
        .select_from(CaseFact)
        .join(CaseChoice, CaseChoice.case_id == CaseFact.case_id)
        .where(chosen, counted(question, actor))
        .group_by(*keys)
    )
    return Counter({tuple(row[:-1]): row[-1] for row in rows})


def outcomes(question: Question, actor: Actor) -> Counter[str]:
    """Number of cases by how they were answered."""
    return _by_first(tally(question, actor, answer_outcome()))


def _by_first(found: Tally) -> Counter[str]:
    return Counter({key[0]: number for key, number in found.items()})


def answer_days(question: Question, actor: Actor, *dimensions: Any) -> dict[tuple[Any, ...], Days]:
    """Times of answer of cases that wanted one: dimensions → working days → number of cases."""
    found = tally(question, actor, *dimensions, CaseFact.wants_answer, CaseFact.answer_days)
    groups: dict[tuple[Any, ...], dict[int, int]] = defaultdict(dict)
    for (*key, wants, days), number in found.items():
        if wants and days is not None:
            groups[tuple(key)][days] = number
    return dict(groups)


def in_time_share(found: Counter[str]) -> float | None:
    """Answered (or confirmed) in time ÷ (answered + overdue). Running ones are in neither."""
    whole = found[IN_TIME] + found[LATE] + found[OVERDUE]
    return found[IN_TIME] / whole if whole else None


def number(value: int, *part: tuple[str, str]) -> Cell:
    """A number of cases with the cases behind it; nothing stands behind none."""
    behind: Slice | None = part if value else None
    return Cell(value, behind, Kind.COUNT)


def year_before(value: int) -> Cell:
    """A number of the same dates the year before, whose cases are asked for there."""
    return Cell(value, None, Kind.COUNT)


def share_cell(value: float | None) -> Cell:
    return Cell(value, None, Kind.SHARE)


def days_cell(value: float | None) -> Cell:
    return Cell(value, None, Kind.DAYS)


def change_cell(now: float | None, before: float | None) -> Cell:
    """(this − last) ÷ last."""
    change = None if now is None or not before else (now - before) / before
    return Cell(change, None, Kind.CHANGE)
