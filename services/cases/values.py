"""Reading and writing the fields of a case by their keys, core and custom alike."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.fields import CORE_FIELDS, Kind
from domain.layout import CaseTypeLayout, FieldLayout
from domain.sorting import sort_key
from extensions import db
from models import Case, CaseChoice, CaseParticipant, User, utcnow
from queries.configuration import configuration

CAPACITIES = {"assistants": "assistant", "informed": "informed"}
"""Field key → capacity of the participants it holds."""


def field_of(layout: CaseTypeLayout, key: str) -> FieldLayout:
    """The field of the case type, or the bare core field when the type does not place it."""
    placed = layout.fields.get(key)
    if placed is not None:
        return placed
    return FieldLayout(key, CORE_FIELDS[key].kind, key, choices=layout.lists.get(key, ()))


def read_value(case: Case, field: FieldLayout) -> Any:
    """The value of `field` on `case`: text, date, bool, id, or a list of ids in stored order."""
    core = field.core
    if core is None:
        return _custom_value(case, field)
    if core.kind in (Kind.CORRESPONDENCE, Kind.FILES):
        return None
    if core.kind is Kind.CHOICES:
        return case.choice_ids(field.key)
    if core.kind is Kind.PEOPLE:
        capacity = CAPACITIES[field.key]
        return [p.user_id for p in case.participants if p.capacity == capacity]
    holder, name = _holder(case, core.attribute)
    return getattr(holder, name)


def read_values(case: Case, layout: CaseTypeLayout) -> dict[str, Any]:
    """The values of all fields of the case's type."""
    return {key: read_value(case, field) for key, field in layout.fields.items()}


def write_value(case: Case, field: FieldLayout, value: Any) -> None:
    """Store `value` (of the shape read_value returns). Lists of ids replace what was there."""
    core = field.core
    if core is None:
        stored = value.isoformat() if isinstance(value, date) else value
        case.values = {**case.values, field.key: stored}
    elif core.kind is Kind.CHOICES:
        _write_choices(case, field.key, value)
    elif core.kind is Kind.PEOPLE:
        _write_people(case, CAPACITIES[field.key], value)
    else:
        holder, name = _holder(case, core.attribute)
        setattr(holder, name, value)
        if field.key == "title":
            case.title_key = sort_key(value, 600)


def display_value(layout: CaseTypeLayout, field: FieldLayout, value: Any) -> Any:
    """`value` as a person reads it, for the change log: labels and names instead of ids."""
    if value in (None, "", []):
        return ""
    if field.kind in (Kind.CHOICE, Kind.CHOICES, Kind.WISH):
        ids = value if isinstance(value, list) else [value]
        return ", ".join(layout.label_of(i) or str(i) for i in ids)
    if field.kind in (Kind.PERSON, Kind.PEOPLE):
        ids = value if isinstance(value, list) else [value]
        return ", ".join(_user_name(i) for i in ids)
    if field.kind is Kind.UNIT:
        return _unit_name(value)
    return value


def _custom_value(case: Case, field: FieldLayout) -> Any:
    value = case.values.get(field.key)
    if field.kind is Kind.DATE and value:
        return date.fromisoformat(value)
    if field.kind is Kind.CHOICES:
        return list(value or [])
    return value if value is not None else ("" if field.kind in (Kind.LINE, Kind.AREA) else None)


def _holder(case: Case, attribute: str) -> tuple[Any, str]:
    """ "submitter.email" → (case.submitter, "email")."""
    owner, _, name = attribute.rpartition(".")
    return (getattr(case, owner) if owner else case), name


def _write_choices(case: Case, key: str, ids: list[int]) -> None:
    kept = [c for c in case.choices if c.field_key != key or c.choice_id in ids]
    present = {c.choice_id for c in kept if c.field_key == key}
    new = [CaseChoice(field_key=key, choice_id=i) for i in ids if i not in present]
    case.choices = [*kept, *new]


def _write_people(case: Case, capacity: str, ids: list[int]) -> None:
    kept = [p for p in case.participants if p.capacity != capacity or p.user_id in ids]
    present = {p.user_id for p in kept if p.capacity == capacity}
    new = [
        CaseParticipant(user_id=i, capacity=capacity, added_at=utcnow())
        for i in ids
        if i not in present
    ]
    case.participants = [*kept, *new]


def _user_name(user_id: int) -> str:
    user = db.session.get(User, user_id)
    return user.name if user else str(user_id)


def _unit_name(unit_id: int) -> str:
    node = configuration().units_by_id.get(unit_id)
    return node.name if node else str(unit_id)
