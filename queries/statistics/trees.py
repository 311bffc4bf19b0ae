"""The part of the organisation that a report shows, as a tree whose sums roll up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from domain.layout import UnitNode
from domain.statistics.measures import Days
from domain.statistics.question import Question
from domain.text import _
from queries.configuration import configuration

K = TypeVar("K")
WITHOUT_UNIT = _("Utan enhet")


@dataclass(frozen=True)
class Branch:
    """A line of the tree: the unit (None for cases without one) and how deep it stands."""

    unit: UnitNode | None
    depth: int

    @property
    def label(self) -> str:
        return self.unit.name if self.unit else WITHOUT_UNIT

    @property
    def pair(self) -> tuple[str, str]:
        """The cases of the line, for slices.py."""
        return ("under", str(self.unit.id)) if self.unit else ("unit", "0")


def branches(question: Question, unit_ids: set[int | None]) -> list[Branch]:
    """The units that have cases (`unit_ids`) and all above them, in the order of the tree.

    The tree begins at the unit that is asked for, else where it first divides.
    """
    units = configuration().units
    shown = [u for u in units if any(_holds(u, unit_id) for unit_id in unit_ids)]
    asked = configuration().units_by_id.get(question.unit_id)
    if asked is not None:
        shown = [u for u in shown if u.path.startswith(asked.path)]
    while len(shown) > 1 and shown[0].id not in unit_ids and _has_one_child(shown):
        shown.pop(0)
    top = min((u.depth for u in shown), default=0)
    found = [Branch(unit, unit.depth - top) for unit in shown]
    return [*found, Branch(None, 0)] if None in unit_ids and asked is None else found


def _has_one_child(units: list[UnitNode]) -> bool:
    """Whether the first unit only repeats the second one, below which all others lie."""
    return all(unit.path.startswith(units[1].path) for unit in units[1:])


def _holds(unit: UnitNode, unit_id: int | None) -> bool:
    inner = configuration().units_by_id.get(unit_id or 0)
    return inner is not None and inner.path.startswith(unit.path)


def rolled_up(branch: Branch, by_unit: Mapping[int | None, Counter[K]]) -> Counter[K]:
    """The sum of the counters of the units at and below the branch."""
    total: Counter[K] = Counter()
    for unit_id, counter in by_unit.items():
        if _is_below(branch, unit_id):
            total.update(counter)
    return total


def _is_below(branch: Branch, unit_id: int | None) -> bool:
    if branch.unit is None:
        return unit_id is None
    return _holds(branch.unit, unit_id)


def days_rolled_up(branch: Branch, by_unit: Mapping[tuple[Any, ...], Days]) -> Days:
    """The same of times of answer, keyed by (unit id,)."""
    counters = {key[0]: Counter(days) for key, days in by_unit.items()}
    return rolled_up(branch, counters)
