"""Loading tabs and fields. Fields of the municipality's own stay: cases hold values for them."""

from __future__ import annotations

from sqlalchemy import select

from domain.fields import CORE_FIELDS
from extensions import db
from models import CaseType, Field, Tab
from services.presets.preset import Preset, Row, list_of
from services.presets.upsert import pick, upsert


def load_tabs(case_type: CaseType, preset: Preset, lists: dict[str, int]) -> None:
    """Place the preset's fields on its tabs, in order."""
    tabs: set[int] = set()
    for position, row in enumerate(preset.tabs, 1):
        where = {"case_type_id": case_type.id, "key": row["key"]}
        values = pick(row, "label", "role_positions")
        tab = upsert(Tab, where, {**values, "position": position})
        tabs.add(tab.id)
        _load_fields(tab, row["fields"], lists)
    _remove_rest(case_type, preset, tabs)


def _load_fields(tab: Tab, rows: list[Row], lists: dict[str, int]) -> None:
    for position, row in enumerate(rows, 1):
        values = pick(
            row, "kind", "label", "help", "width", "is_many", "required_when", "readonly_roles"
        )
        rule = row["visible_when"]
        values |= {
            "tab_id": tab.id,
            "position": position,
            "choice_list_id": lists.get(list_of(row)),
            "visible_when": rule if rule["field"] else {},
        }
        upsert(Field, {"case_type_id": tab.case_type_id, "key": row["key"]}, values)


def _remove_rest(case_type: CaseType, preset: Preset, tabs: set[int]) -> None:
    """Take away core fields and empty tabs that the preset does not have."""
    for field in db.session.scalars(select(Field).where(Field.case_type_id == case_type.id)):
        if field.key not in preset.fields and field.key in CORE_FIELDS:
            db.session.delete(field)
    db.session.flush()
    used = set(db.session.scalars(select(Field.tab_id).where(Field.case_type_id == case_type.id)))
    for tab in db.session.scalars(select(Tab).where(Tab.case_type_id == case_type.id)):
        if tab.id not in tabs | used:
            db.session.delete(tab)
    db.session.flush()
