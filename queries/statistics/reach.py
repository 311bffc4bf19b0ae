"""How far a person's right to statistics reaches: units and case types."""

from __future__ import annotations

from domain.layout import UnitNode
from domain.permissions import RIGHTS, Actor, Assignment, Permission, Reach
from queries.configuration import configuration


def countable_units(actor: Actor, case_type_id: int | None = None) -> list[UnitNode]:
    """The units whose cases `actor` may count, in the order of the tree."""
    held = _held(actor, case_type_id)
    if counts_everything(actor, case_type_id):
        return list(configuration().units)
    return [u for u in configuration().units if any(u.path.startswith(a.unit_path) for a in held)]


def counts_everything(actor: Actor, case_type_id: int | None = None) -> bool:
    """Whether the right has no limit in the organisation."""
    reach = RIGHTS[Permission.STATISTICS_VIEW].reach
    return any(reach[a.role] is Reach.EVERY for a in _held(actor, case_type_id))


def may_count(actor: Actor, case_type_id: int, unit_id: int | None) -> bool:
    """Whether `actor` may count the unit and all below it; without a unit, everything."""
    if unit_id is None:
        return counts_everything(actor, case_type_id)
    return unit_id in {unit.id for unit in countable_units(actor, case_type_id)}


def _held(actor: Actor, case_type_id: int | None) -> list[Assignment]:
    """The roles that count something of this case type; without one, of any."""
    if not actor.is_active:
        return []
    reach = RIGHTS[Permission.STATISTICS_VIEW].reach
    return [
        a
        for a in actor.assignments
        if reach[a.role] is not Reach.NONE
        and (case_type_id is None or a.case_type_id in (None, case_type_id))
    ]
