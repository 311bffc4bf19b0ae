"""Counting: one grouped statement over the facts, and the cells that come of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, select, true

from domain.permissions import Actor
from domain.statistics.measures import Days
from domain.statistics.question import Question
from domain.statistics.table import Cell, Kind, Slice
from extensions import db
from models import CaseChoice, CaseFact
from queries.statistics.outcomes import IN_TIME, LATE, OVERDUE
from queries.statistics.scope import DAY, counted

Tally = Counter[tuple[Any, ...]]
"""Values of the dimensions → number of cases."""


LONG = timedelta(days=5 * 365)


def tally(question: Question, actor: Actor, *dimensions: Any, open_only: bool = False) -> Tally:
    """Count the cases of the question by columns (or expressions) of CaseFact."""
    where = counted(question, actor)
    if open_only:
        where = and_(where, CaseFact.closed_on.is_(None))
    rows = db.session.execute(
        select(*dimensions, func.count()).select_from(CaseFact).where(where).group_by(*dimensions)
    )
    return Counter({tuple(row[:-1]): row[-1] for row in rows})


def sums(
    question: Question, actor: Actor, dimensions: Mapping[str, Any], counted_too: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """One pass that counts many things: a row a group of `dimensions`, with the number of its
    cases as "cases" and of those for which each condition of `counted_too` holds.

    Few groups with many counts: the database then needs not sort all cases (R1 of a million).
    """
    numbers = [func.count().filter(where).label(key) for key, where in counted_too.items()]
    groups = [column.label(key) for key, column in dimensions.items()]
    query = select(*groups, func.count().label("cases"), *numbers).select_from(CaseFact)
    found = db.session.execute(query.where(counted(question, actor)).group_by(*groups))
    return [dict(row._mapping) for row in found]


def case_count(question: Question, actor: Actor) -> int:
    """The number of cases of the question."""
    query = select(func.count()).select_from(CaseFact).where(counted(question, actor))
    return db.session.scalar(query) or 0


def ticks(
    question: Question,
    actor: Actor,
    field: str | tuple[str, ...],
    *dimensions: Any,
    only: Iterable[int] | None = None,
) -> Tally:
    """Count ticks of a field with several choices: (choice id, *dimensions) → number of cases.

    `field` may be several fields: no choice is in two of them. `only`: no other choices than these.
    """
    keys = (CaseChoice.choice_id, *dimensions)
    fields = (field,) if isinstance(field, str) else field
    chosen = and_(CaseChoice.field_key.in_(fields), near(question))
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


def near(question: Question) -> ColumnElement[bool]:
    """Ticks of cases from the first to the last number in the period: for speed only.

    Numbers follow the days, so a year's ticks lie side by side: the database reads those alone.
    Of many years it reads most of them anyway.
    """
    if question.period.last - question.period.first > LONG:
        return true()
    in_period = DAY[question.basis].between(question.period.first, question.period.last)
    of_type = CaseFact.case_type_id == question.case_type_id
    number = CaseFact.case_id + 0  # else PostgreSQL walks all cases from the first one
    ends = select(func.min(number), func.max(number)).where(of_type, in_period)
    first, last = db.session.execute(ends).one()
    return false() if first is None else CaseChoice.case_id.between(first, last)


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
