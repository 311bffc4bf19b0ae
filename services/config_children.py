"""Configuration in two levels: a list with its choices, a public form with its questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from domain.errors import RuleBroken
from domain.permissions import Actor
from domain.text import _
from extensions import db
from models import Base, Choice, ChoiceList, PublicForm, PublicFormField
from services.audit import record
from services.config_changes import (
    apply,
    flush_or_refuse,
    record_changes,
    record_new,
    subject_of,
)
from services.config_rules import check, check_removal

Parent = TypeVar("Parent", ChoiceList, PublicForm)

CHILDREN: dict[type[Base], tuple[str, type[Base]]] = {
    ChoiceList: ("choices", Choice),
    PublicForm: ("fields", PublicFormField),
}


@dataclass(frozen=True)
class ChildRow:
    """One row as it was sent: `id` of an existing child, or None for a new one."""

    id: int | None
    values: Mapping[str, Any]
    remove: bool = False


def save_with_children(
    parent: Parent, values: Mapping[str, Any], rows: Sequence[ChildRow], *, actor: Actor
) -> Parent:
    """Make or change `parent` and its children in one go; children not among `rows` stay.

    Raises RuleBroken, naming the field of the parent's form.
    """
    is_new = parent.id is None
    with db.session.no_autoflush:
        old = apply(parent, values)
        changes = [_apply_child(parent, row, actor) for row in rows]
        check(parent)
        for child in getattr(parent, CHILDREN[type(parent)][0]):
            check(child)
    db.session.add(parent)
    flush_or_refuse()
    if is_new:
        record_new(parent, values, actor)
    else:
        record_changes(parent, old, actor)
    _record_children(changes, actor)
    return parent


_Change = tuple[Any, Mapping[str, Any], bool]
"""A child, its new or old values, and whether it is new."""


def _apply_child(parent: Any, row: ChildRow, actor: Actor) -> _Change | None:
    """Remove, change or add one child. A child of another parent is refused (T15)."""
    attribute, model = CHILDREN[type(parent)]
    siblings = getattr(parent, attribute)
    if row.id is None:
        child = model(**row.values)
        siblings.append(child)
        return child, row.values, True
    found = next((c for c in siblings if c.id == row.id), None)
    if found is None:
        raise RuleBroken(_("Någon annan tog bort en rad. Ladda om sidan."), field=attribute)
    if not row.remove:
        return found, apply(found, row.values), False
    check_removal(found)
    siblings.remove(found)
    record(actor, "config.removed", subject=subject_of(found), old=str(found))
    return None


def _record_children(changes: Sequence[_Change | None], actor: Actor) -> None:
    for change in changes:
        if change is None:
            continue
        child, values, is_new = change
        if is_new:
            record_new(child, values, actor)
        else:
            record_changes(child, values, actor)
