"""R6 Svarstider: by unit, and how they spread."""

from __future__ import annotations

from collections import Counter, defaultdict

from domain.permissions import Actor
from domain.statistics.definitions import definitions
from domain.statistics.measures import Days, longest, mean, median, percentile_90, share
from domain.statistics.question import Question
from domain.statistics.table import Cell, Chart, ChartKind, Column, Kind, Report, Row, Table
from domain.text import _
from models import CaseFact
from queries.statistics.counting import (
    Tally,
    answer_days,
    days_cell,
    in_time_share,
    number,
    share_cell,
    tally,
)
from queries.statistics.outcomes import (
    IN_TIME,
    LATE,
    NOT_WANTED,
    OVERDUE,
    RUNNING,
    answer_outcome,
)
from queries.statistics.slices import SPANS
from queries.statistics.trees import Branch, branches, days_rolled_up, rolled_up

NAME = _("Svarstider")


def answer_times(question: Question, actor: Actor) -> Report:
    """The table of units, and the histogram of all their answers."""
    found = by_unit_and(tally(question, actor, CaseFact.unit_id, answer_outcome()))
    days = answer_days(question, actor, CaseFact.unit_id)
    units = Table(
        NAME,
        _("Enhet"),
        _COLUMNS,
        tuple(
            _row(branch, rolled_up(branch, found), days_rolled_up(branch, days))
            for branch in branches(question, set(found))
        ),
        Chart(ChartKind.STACKED, ("in-time", "late", "overdue", "running")),
        notes=(_in_time_of_all(found),),
    )
    small_print = definitions(
        "period", "cases", "secret", "unit", "wanted", "answered", "days", "overdue", "in-time",
        "middle",
    )  # fmt: skip
    total = sum(sum(counter.values()) for counter in found.values())
    return Report("svarstider", NAME, total, (units, _histogram(days)), small_print)


_COLUMNS = (
    Column("wanted", _("Svar önskat")),
    Column("answered", _("Besvarade")),
    Column("in-time", _("I tid")),
    Column("share", _("I tid, andel"), Kind.SHARE),
    Column("late", _("För sent")),
    Column("overdue", _("Förfallna")),
    Column("running", _("Pågår")),
    Column("no-answer", _("Svar ej önskat")),
    Column("median", _("Median"), Kind.DAYS),
    Column("mean", _("Medel"), Kind.DAYS),
    Column("p90", _("90-percentil"), Kind.DAYS),
    Column("longest", _("Längsta"), Kind.DAYS),
)


def by_unit_and(found: Tally) -> dict[int | None, Counter[str]]:
    """(unit id, outcome) → cases, as unit id → outcome → cases."""
    groups: dict[int | None, Counter[str]] = defaultdict(Counter)
    for (unit_id, outcome), count in found.items():
        groups[unit_id][outcome] += count
    return dict(groups)


def _row(branch: Branch, found: Counter[str], days: Days) -> Row:
    answered = found[IN_TIME] + found[LATE]
    wanted = answered + found[OVERDUE] + found[RUNNING]

    def of(outcome: str) -> Cell:
        return number(found[outcome], branch.pair, ("outcome", outcome))

    cells = (
        number(wanted, branch.pair, ("wanted", "yes")),
        number(answered, branch.pair, ("answered", "yes")),
        of(IN_TIME),
        share_cell(in_time_share(found)),
        of(LATE),
        of(OVERDUE),
        of(RUNNING),
        of(NOT_WANTED),
        days_cell(median(days)),
        days_cell(mean(days)),
        days_cell(percentile_90(days)),
        days_cell(longest(days)),
    )
    return Row(branch.label, cells, branch.depth)


def _in_time_of_all(found: dict[int | None, Counter[str]]) -> str:
    """The other way to count, in small print: older reports divide by all that came in."""
    total: Counter[str] = sum(found.values(), Counter())
    value = share(total[IN_TIME], sum(total.values()))
    text = "–" if value is None else f"{value * 100:.0f} %"
    return _("Besvarade i tid som andel av alla inkomna: %(share)s.") % {"share": text}


def _histogram(by_unit: dict[tuple[int | None, ...], Days]) -> Table:
    """How many were answered in 0–2, 3–5 … working days."""
    total: Counter[int] = sum((Counter(days) for days in by_unit.values()), Counter())
    whole = total.total()
    rows = []
    for key, (least, most) in SPANS.items():
        count = sum(n for day, n in total.items() if least <= day <= most)
        label = _("Mer än 20") if key == "21-" else key.replace("-", "–")
        rows.append(Row(label, (number(count, ("days", key)), share_cell(share(count, whole)))))
    return Table(
        _("Svarstidernas fördelning"),
        _("Arbetsdagar"),
        (Column("cases", _("Ärenden")), Column("share", _("Andel"), Kind.SHARE)),
        tuple(rows),
        Chart(ChartKind.BARS, ("cases",)),
    )
