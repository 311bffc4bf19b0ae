"""The organisation: units in a tree whose stored paths decide who sees what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from domain.errors import RuleBroken
from domain.permissions import Actor
from domain.secrecy_border import AREAS
from domain.sorting import sort_key
from domain.text import _
from extensions import db
from models import Unit
from queries.unit_cases import cases_of_unit
from services import audit
from services.config_changes import add_row, change_row
from services.config_rules.units import UNIT_KINDS

__all__ = ["UNIT_KINDS", "add_unit", "change_unit"]


def add_unit(values: Mapping[str, Any], *, actor: Actor) -> Unit:
    """Make a unit below its parent. Raises RuleBroken, naming the field."""
    unit = add_row(Unit(sort_key=sort_key(values["name"])), values, actor=actor)
    unit.path = _path_of(unit)
    return unit


def change_unit(
    unit: Unit, values: Mapping[str, Any], *, actor: Actor, confirmed: bool = False
) -> None:
    """Rename, move, mark or retire a unit; a move takes the whole subtree along.

    Another area of secrecy for a unit with cases must be `confirmed`. Raises RuleBroken, naming
    the field. Rights follow at once: they compare paths.
    """
    old, new = unit.secrecy_area, values.get("secrecy_area", unit.secrecy_area)
    counts = cases_of_unit(unit.id) if old != new else None
    if counts is not None and counts.all:
        if not confirmed:
            raise RuleBroken(
                _(
                    "Enheten har %(open)s öppna ärenden, %(all)s sammanlagt. Kryssa i om de ska "
                    "byta sekretessområde."
                ),
                field="confirm_area",
                open=counts.open,
                all=counts.all,
            )
        told = {"border": f"{AREAS[old]} → {AREAS[new]}", "open_cases": counts.open}
        audit.record(actor, "unit.area-changed", subject=f"units {unit.id}", new=told)
    change_row(unit, values, actor=actor)
    unit.sort_key = sort_key(unit.name)
    path = _path_of(unit)
    if path != unit.path:
        _move_subtree(unit.path, path)


def _path_of(unit: Unit) -> str:
    parent = db.session.get(Unit, unit.parent_id) if unit.parent_id else None
    return f"{parent.path if parent else '/'}{unit.id}/"


def _move_subtree(old: str, new: str) -> None:
    """Give the unit at `old` and all below it paths that begin with `new`."""
    for unit in db.session.scalars(select(Unit).where(Unit.path.startswith(old))):
        unit.path = new + unit.path.removeprefix(old)
