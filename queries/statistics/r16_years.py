"""R16 Flerårsöversikt: year by year, as municipalities show it to their councils."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import extract

from domain.layout import CaseTypeLayout
from domain.permissions import Actor
from domain.statistics.definitions import definitions
from domain.statistics.measures import median, share
from domain.statistics.period import Period
from domain.statistics.question import Question
from domain.statistics.table import Cell, Chart, ChartKind, Column, Kind, Report, Row, Table
from domain.text import _
from models import CaseFact
from queries.configuration import configuration
from queries.statistics.choices import choices_of
from queries.statistics.counting import (
    days_cell,
    in_time_share,
    number,
    share_cell,
    sums,
    ticks,
)
from queries.statistics.outcomes import answer_conditions
from queries.statistics.scope import DAY

NAME = _("Flerårsöversikt")
YEARS = 10
FIELDS = ("types", "categories")


@dataclass
class Year:
    """What is counted of one year: outcomes, times of answer, and ticks by field and choice."""

    cases: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    days: Counter[int] = field(default_factory=Counter)
    ticks: dict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, row: Mapping[str, Any]) -> None:
        """Add a row of sums()."""
        self.cases += row["cases"]
        if not row["wanted"]:
            return
        self.outcomes.update({word: row[word] for word in answer_conditions()})
        if row["took"] is not None:
            self.days[row["took"]] += row["cases"]


def by_year(question: Question, actor: Actor) -> Report:
    """The last ten years up to that of the period, from the first one with a case."""
    last = question.period.last.year
    found = _years(question, actor)
    first = min(found, default=last)
    layout = configuration().case_type(question.case_type_id)
    rows = [_row(year, found[year], layout) for year in range(first, last + 1)]
    chart = Chart(ChartKind.LINES, ("cases",))
    table = Table(NAME, _("År"), _COLUMNS, tuple(rows), chart)
    total = sum(year.cases for year in found.values())
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


def _years(question: Question, actor: Actor) -> dict[int, Year]:
    """One pass over the cases, and one over their ticks, for all years together."""
    last = question.period.last.year
    period = Period(date(max(last - YEARS + 1, 1), 1, 1), date(last, 12, 31))
    asked = replace(question, period=period)
    of_year = extract("year", DAY[question.basis])
    found: dict[int, Year] = defaultdict(Year)
    groups = {"year": of_year, "wanted": CaseFact.wants_answer, "took": CaseFact.answer_days}
    for row in sums(asked, actor, groups, answer_conditions()):
        found[int(row["year"])].add(row)
    fields = {c.id: key for key in FIELDS for c in choices_of(question.case_type_id, key)}
    for (choice_id, year), count in ticks(asked, actor, FIELDS, of_year).items():
        if choice_id in fields:
            found[int(year)].ticks[fields[choice_id]][choice_id] += count
    return found


def _row(number_of_year: int, year: Year, layout: CaseTypeLayout | None) -> Row:
    total, text = year.cases, str(number_of_year)
    commonest = [cell for key in FIELDS for cell in _commonest(year.ticks[key], total, layout)]
    cells = (
        number(total, ("year", text)),
        *commonest,
        share_cell(in_time_share(year.outcomes)),
        days_cell(median(year.days)),
    )
    return Row(text, cells, key=text)


def _commonest(found: Counter[int], total: int, layout: CaseTypeLayout | None) -> tuple[Cell, Cell]:
    """The choice with most ticks, and its share of the cases."""
    if not found or layout is None:
        return Cell(None), share_cell(None)
    named = [(-count, layout.label_of(choice_id)) for choice_id, count in found.items()]
    count, label = min(named)
    return Cell(label), share_cell(share(-count, total))
