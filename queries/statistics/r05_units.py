"""R5 Per förvaltning, verksamhet och enhet: the tree of units by types, rolled up."""

from __future__ import annotations

from collections import Counter, defaultdict

from domain.permissions import Actor
from domain.statistics.definitions import definitions
from domain.statistics.question import Question
from domain.statistics.table import Chart, ChartKind, Column, Kind, Report, Row, Table
from domain.text import _
from models import CaseFact
from queries.statistics.choices import choices_of
from queries.statistics.counting import Tally, change_cell, number, tally, ticks, year_before
from queries.statistics.trees import Branch, branches, rolled_up

NAME = _("Per förvaltning, verksamhet och enhet")
ByUnit = dict[int | None, Counter[int]]


def by_unit(question: Question, actor: Actor) -> Report:
    """Unit × types, with the cases of each and those of the year before."""
    cases = _single(tally(question, actor, CaseFact.unit_id))
    before = _single(tally(question.year_before(), actor, CaseFact.unit_id))
    kinds = _by_unit(ticks(question, actor, "types", CaseFact.unit_id))
    used = {choice for counter in kinds.values() for choice in counter}
    types = [c for c in choices_of(question.case_type_id, "types") if c.is_active or c.id in used]
    rows = []
    for branch in branches(question, {*cases, *before}):
        found = rolled_up(branch, kinds)
        now, last = _sum(branch, cases), _sum(branch, before)
        cells = tuple(number(found[c.id], branch.pair, ("choice", f"types:{c.id}")) for c in types)
        cells += (number(now, branch.pair), year_before(last), change_cell(now, last))
        rows.append(Row(branch.label, cells, branch.depth))
    table = Table(
        NAME,
        _("Enhet"),
        (*(Column(f"type-{c.id}", c.label) for c in types), *_SUMS),
        tuple(rows),
        Chart(ChartKind.STACKED, tuple(f"type-{c.id}" for c in types)),
        notes=(_("Ett ärende med flera typer räknas i var och en av dem."),),
    )
    total = sum(counter[0] for counter in cases.values())
    small_print = definitions("period", "cases", "secret", "unit", "ticks", "before")
    return Report("enheter", NAME, total, (table,), small_print)


_SUMS = (
    Column("cases", _("Ärenden")),
    Column("before", _("Året före")),
    Column("change", _("Förändring"), Kind.CHANGE),
)


def _single(found: Tally) -> ByUnit:
    return {unit_id: Counter({0: count}) for (unit_id,), count in found.items()}


def _by_unit(found: Tally) -> ByUnit:
    groups: ByUnit = defaultdict(Counter)
    for (choice_id, unit_id), count in found.items():
        groups[unit_id][choice_id] += count
    return groups


def _sum(branch: Branch, by_unit: ByUnit) -> int:
    return rolled_up(branch, by_unit)[0]
