"""R16 Flerårsöversikt: year by year, as municipalities show it to their councils."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from domain.permissions import Actor
from domain.statistics.definitions import definitions
from domain.statistics.measures import median, share
from domain.statistics.period import Period
from domain.statistics.question import Question
from domain.statistics.table import Cell, Chart, ChartKind, Column, Kind, Report, Row, Table
from domain.text import _
from queries.configuration import configuration
from queries.statistics.counting import (
    answer_days,
    days_cell,
    in_time_share,
    number,
    outcomes,
    share_cell,
    ticks,
)

NAME = _("Flerårsöversikt")
YEARS = 10


@dataclass
class Commonest:
    """The choice with most ticks."""

    label: str | None = None
    share: float | None = field(default=None)


def by_year(question: Question, actor: Actor) -> Report:
    """The last ten years up to that of the period, from the first one with a case."""
    last = question.period.last.year
    years = range(last - YEARS + 1, last + 1)
    rows = [_row(_of_year(question, year), year, actor) for year in years]
    while len(rows) > 1 and not rows[0].cells[0].value:
        rows.pop(0)
    chart = Chart(ChartKind.LINES, ("cases",))
    table = Table(NAME, _("År"), _COLUMNS, tuple(rows), chart)
    total = 0
    for row in rows:
        total += int(str(row.cells[0].value))
    small_print = definitions("cases", "secret", "ticks", "in-time", "days", "middle")
    return Report("flera-ar", NAME, total, (table,), small_print)


_COLUMNS = (
    Column("cases", _("Ärenden")),
    Column("type", _("Vanligaste typ"), Kind.TEXT),
    Column("type-share", _("Andel"), Kind.SHARE),
    Column("category", _("Vanligaste kategori"), Kind.TEXT),
    Column("category-share", _("Andel"), Kind.SHARE),
    Column("in-time", _("Besvarade i tid"), Kind.SHARE),
    Column("median", _("Svarstid, median"), Kind.DAYS),
)


def _of_year(question: Question, year: int) -> Question:
    return replace(question, period=Period(date(year, 1, 1), date(year, 12, 31)))


def _row(question: Question, year: int, actor: Actor) -> Row:
    found = outcomes(question, actor)
    total = found.total()
    kind = _commonest(question, actor, "types", total)
    category = _commonest(question, actor, "categories", total)
    cells = (
        number(total, ("year", str(year))),
        Cell(kind.label),
        share_cell(kind.share),
        Cell(category.label),
        share_cell(category.share),
        share_cell(in_time_share(found)),
        days_cell(median(answer_days(question, actor).get((), {}))),
    )
    return Row(str(year), cells, key=str(year))


def _commonest(question: Question, actor: Actor, key: str, total: int) -> Commonest:
    found: Counter[tuple[Any, ...]] = ticks(question, actor, key)
    layout = configuration().case_type(question.case_type_id)
    if not found or layout is None:
        return Commonest()
    named = [(-count, layout.label_of(choice_id)) for (choice_id,), count in found.items()]
    count, label = min(named)
    return Commonest(label, share(-count, total))
