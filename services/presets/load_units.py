"""Loading the organisation: the municipality if there is none, and the units below it."""

from __future__ import annotations

from sqlalchemy import select

from domain.sorting import sort_key
from extensions import db
from models import Municipality, Unit
from services.presets.preset import Preset
from services.presets.upsert import pick, upsert

ROOT_KEY = "kommunen"


def load_units(preset: Preset) -> dict[str, int]:
    """Unit key → id of the preset's units. Units that only the municipality has stay as they are.

    The topmost ones hang under the installation's root, so that two presets share one tree.
    """
    root = _root(preset)
    found: dict[str, int] = {"": root.id}
    for position, row in enumerate(preset.organisation["units"], 1):
        values = pick(row, "name", "kind", "board", "secrecy_area") | {
            "sort_key": sort_key(row["name"]),
            "parent_id": found[row["parent"]],
            "position": position,
        }
        found[row["key"]] = upsert(Unit, {"key": row["key"]}, values).id
    _write_paths()
    del found[""]
    return found


def _root(preset: Preset) -> Unit:
    """The municipality's own unit; made from the preset when the installation has none."""
    municipality = db.session.get(Municipality, 1)
    if municipality is None:
        municipality = Municipality(id=1, **preset.organisation["municipality"])
        db.session.add(municipality)
    root = db.session.scalar(select(Unit).where(Unit.parent_id.is_(None)).order_by(Unit.id))
    if root is None:
        name = municipality.name
        values = {"name": name, "sort_key": sort_key(name), "kind": "municipality"}
        root = upsert(Unit, {"key": ROOT_KEY}, values)
    return root


def _write_paths() -> None:
    """Give every unit the path of its place in the tree: a move takes the subtree along."""
    children: dict[int | None, list[Unit]] = {}
    for unit in db.session.scalars(select(Unit)):
        children.setdefault(unit.parent_id, []).append(unit)

    def walk(parent_id: int | None, above: str) -> None:
        for unit in children.get(parent_id, ()):
            unit.path = f"{above}{unit.id}/"
            walk(unit.id, unit.path)

    walk(None, "/")
    db.session.flush()
