"""R2 Inkomna per månad: month by month, beside the year before, and added up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from domain.dates import MONTHS
from domain.permissions import Actor
from domain.statistics.definitions import definitions
from domain.statistics.question import Question
from domain.statistics.table import Chart, ChartKind, Column, Kind, Report, Row, Table
from domain.text import _
from queries.statistics.counting import change_cell, number, tally, year_before
from queries.statistics.scope import DAY

NAME = _("Inkomna per månad")


def by_month(question: Question, actor: Actor) -> Report:
    """One row a month; the first and the last may be parts of months."""
    now, before = _months(question, actor), _months(question.year_before(), actor)
    rows, total, earlier = [], 0, 0
    for first in months_of(question.period.first, question.period.last):
        key = f"{first:%Y-%m}"
        count, last = now[key], before[f"{first.year - 1}-{first:%m}"]
        total, earlier = total + count, earlier + last
        cells = (
            number(count, ("month", key)),
            year_before(last),
            change_cell(count, last),
            number(total, ("until-month", key)),
            year_before(earlier),
        )
        rows.append(Row(f"{MONTHS[first.month - 1]} {first.year}", cells, key=key))
    chart = Chart(ChartKind.LINES, ("now", "before"))
    table = Table(NAME, _("Månad"), _COLUMNS, tuple(rows), chart)
    small_print = definitions("period", "cases", "secret", "before")
    return Report("manader", NAME, total, (table,), small_print)


_COLUMNS = (
    Column("now", _("Perioden")),
    Column("before", _("Året före")),
    Column("change", _("Förändring"), Kind.CHANGE),
    Column("total", _("Ackumulerat"), adds_up=True),
    Column("total-before", _("Ackumulerat året före"), adds_up=True),
)


def months_of(first: date, last: date) -> Iterator[date]:
    """The first day of every month from that of `first` to that of `last`."""
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = (month + timedelta(days=31)).replace(day=1)


def _months(question: Question, actor: Actor) -> Counter[str]:
    found: Counter[str] = Counter()
    for (day,), count in tally(question, actor, DAY[question.basis]).items():
        found[f"{day:%Y-%m}"] += count
    return found
