"""R1 Översikt: the figures on one page, beside those of the year before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from domain.permissions import Actor
from domain.statistics.definitions import definitions
from domain.statistics.measures import median, share
from domain.statistics.period import Period
from domain.statistics.question import Question
from domain.statistics.table import Cell, Column, Kind, Report, Row, Slice, Table
from domain.text import _
from models import CaseFact
from queries.statistics.counting import change_cell, in_time_share, number, sums
from queries.statistics.outcomes import OUTCOMES, OVERDUE, answer_conditions, confirm_conditions
from queries.statistics.scope import DAY

NAME = _("Översikt")


@dataclass
class Figures:
    """What is counted of one period."""

    received: int = 0
    opened: int = 0
    not_wanted: int = 0
    praise: int = 0
    complaints: int = 0
    answered: Counter[str] = field(default_factory=Counter)
    confirmed: Counter[str] = field(default_factory=Counter)
    days: Counter[int] = field(default_factory=Counter)

    @property
    def closed(self) -> int:
        return self.received - self.opened

    @property
    def overdue(self) -> int:
        return self.answered[OVERDUE]

    def add(self, row: Mapping[str, Any]) -> None:
        """Add a row of sums()."""
        self.received += row["cases"]
        self.opened += row["opened"]
        self.praise += row["praise"]
        self.complaints += row["complaints"]
        if not row["wanted"]:
            self.not_wanted += row["cases"]
            return
        for outcome in OUTCOMES:
            self.answered[outcome] += row.get(f"answer-{outcome}", 0)
            self.confirmed[outcome] += row.get(f"confirm-{outcome}", 0)
        if row["took"] is not None:
            self.days[row["took"]] += row["cases"]


def overview(question: Question, actor: Actor) -> Report:
    """Eight figures and a quotient, of the period and of the same dates a year before."""
    now, before = _both(question, actor)
    table = Table(
        title=NAME,
        row_heading=_("Mått"),
        columns=(
            Column("now", _("Perioden")),
            Column("before", _("Året före")),
            Column("change", _("Förändring"), Kind.CHANGE),
        ),
        rows=tuple(_rows(now, before)),
    )
    small_print = definitions(
        "period", "cases", "secret", "wanted", "answered", "overdue", "in-time", "confirmed",
        "days", "middle", "before", "praise",
    )  # fmt: skip
    return Report("oversikt", NAME, now.received, (table,), small_print)


def _both(question: Question, actor: Actor) -> tuple[Figures, Figures]:
    """The period and the year before in one pass over the cases of both."""
    now, before = question.period, question.year_before().period
    day = DAY[question.basis]
    groups = {
        "now": day.between(now.first, now.last),
        "before": day.between(before.first, before.last),
        "wanted": CaseFact.wants_answer,
        "took": CaseFact.answer_days,
    }
    counts = {
        "opened": CaseFact.closed_on.is_(None),
        "praise": CaseFact.is_praise,
        "complaints": CaseFact.is_complaint,
        **{f"answer-{word}": where for word, where in answer_conditions().items()},
        **{f"confirm-{word}": where for word, where in confirm_conditions().items()},
    }
    figures = Figures(), Figures()
    for row in sums(
        replace(question, period=Period(before.first, now.last)), actor, groups, counts
    ):
        for place, key in enumerate(("now", "before")):
            if row[key]:
                figures[place].add(row)
    return figures


def _rows(now: Figures, before: Figures) -> list[Row]:
    def both(figure: Callable[[Figures], float | None]) -> tuple[float | None, float | None]:
        return figure(now), figure(before)

    return [
        _count(_("Inkomna"), now.received, before.received, ()),
        _count(_("Avslutade"), now.closed, before.closed, (("state", "closed"),)),
        _count(_("Öppna"), now.opened, before.opened, (("state", "open"),)),
        _count(_("Förfallna"), now.overdue, before.overdue, (("outcome", OVERDUE),)),
        _figure(_("Bekräftade i tid"), *both(lambda f: in_time_share(f.confirmed)), Kind.SHARE),
        _figure(_("Besvarade i tid"), *both(lambda f: in_time_share(f.answered)), Kind.SHARE),
        _figure(_("Svarstid, median"), *both(lambda f: median(f.days)), Kind.DAYS),
        _figure(
            _("Svar ej önskat"), *both(lambda f: share(f.not_wanted, f.received)), Kind.SHARE
        ),
        _figure(
            _("Beröm per klagomål"), *both(lambda f: share(f.praise, f.complaints)), Kind.DAYS
        ),
    ]  # fmt: skip


def _count(label: str, now: int, before: int, part: Slice) -> Row:
    cells = (number(now, *part), Cell(before, None, Kind.COUNT), change_cell(now, before))
    return Row(label, cells)


def _figure(label: str, now: float | None, before: float | None, kind: Kind) -> Row:
    return Row(label, (Cell(now, None, kind), Cell(before, None, kind), change_cell(now, before)))
