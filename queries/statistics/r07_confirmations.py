"""R7 Bekräftelse i tid: by unit, with the limit of the case type (2 working days)."""

from __future__ import annotations

from collections import Counter

from domain.permissions import Actor
from domain.statistics.definitions import definitions
from domain.statistics.question import Question
from domain.statistics.table import Cell, Chart, ChartKind, Column, Kind, Report, Row, Table
from domain.text import _
from models import CaseFact
from queries.statistics.counting import in_time_share, number, share_cell, tally
from queries.statistics.outcomes import (
    IN_TIME,
    LATE,
    NOT_WANTED,
    OVERDUE,
    RUNNING,
    confirm_outcome,
)
from queries.statistics.r06_answer_times import by_unit_and
from queries.statistics.trees import Branch, branches, rolled_up

NAME = _("Bekräftelse inom två arbetsdagar")


def confirmations_by_unit(question: Question, actor: Actor) -> Report:
    """Unit × how the cases were confirmed."""
    found = by_unit_and(tally(question, actor, CaseFact.unit_id, confirm_outcome()))
    rows = [_row(branch, rolled_up(branch, found)) for branch in branches(question, set(found))]
    chart = Chart(ChartKind.STACKED, ("in-time", "late", "overdue", "running"))
    table = Table(NAME, _("Enhet"), _COLUMNS, tuple(rows), chart)
    small_print = definitions("period", "cases", "secret", "unit", "wanted", "in-time", "confirmed")
    total = sum(sum(counter.values()) for counter in found.values())
    return Report("bekraftelser", NAME, total, (table,), small_print)


_COLUMNS = (
    Column("in-time", _("I tid")),
    Column("share", _("I tid, andel"), Kind.SHARE),
    Column("late", _("För sent")),
    Column("overdue", _("Förfallna")),
    Column("running", _("Pågår")),
    Column("no-answer", _("Svar ej önskat")),
)


def _row(branch: Branch, found: Counter[str]) -> Row:
    def of(outcome: str) -> Cell:
        return number(found[outcome], branch.pair, ("confirmed", outcome))

    cells = (
        of(IN_TIME),
        share_cell(in_time_share(found)),
        *(of(outcome) for outcome in (LATE, OVERDUE, RUNNING, NOT_WANTED)),
    )
    return Row(branch.label, cells, branch.depth)
