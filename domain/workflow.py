"""The rules of a case's way from arrival to closing: what is required when, what is late."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Protocol

from domain.events import NO_CONTACT
from domain.layout import CaseTypeLayout, FieldLayout
from domain.meanings import Meaning

STAGES: dict[str, frozenset[str]] = {
    "save": frozenset({"save"}),
    "ready": frozenset({"save", "ready"}),
    "close": frozenset({"save", "ready", "close"}),
}
"""Stage → the `required_when` values that bite at it (manual S17; domain notes §9 row 15).

What is required "answer" is asked for by the templates that send an answer (domain/events.py).
"""


class Dated(Protocol):
    """What lateness needs to know."""

    answer_by: date
    answered_on: date | None


def is_late(case: Dated, today: date) -> bool:
    """True when the answer came, or is still missing, after the last day."""
    return (case.answered_on or today) > case.answer_by


def owes_answer(layout: CaseTypeLayout, contact_way_id: int | None, status_id: int | None) -> bool:
    """True unless the submitter wants no answer, has one already, or cannot get one."""
    if layout.meaning_of(contact_way_id) in NO_CONTACT:
        return False
    return layout.meaning_of(status_id) != Meaning.STATUS_NO_ANSWER


def is_visible(layout: CaseTypeLayout, field: FieldLayout, values: Mapping[str, Any]) -> bool:
    """Whether a field is shown, given the values of the fields it depends on.

    A field that holds a value is always shown: nothing that is stored may hide.
    """
    if not field.visible_when or values.get(field.key):
        return True
    value = values.get(field.visible_when["field"])
    chosen = value if isinstance(value, list) else [value]
    return any(layout.meaning_of(c) == field.visible_when["meaning"] for c in chosen)


def missing_fields(
    layout: CaseTypeLayout, values: Mapping[str, Any], stage: str
) -> list[FieldLayout]:
    """The fields that are required at `stage` and empty in `values` (key → value), in order."""
    owed = owes_answer(layout, values.get("contact_way"), values.get("status"))
    return [
        field
        for field in layout.fields.values()
        if field.required_when in STAGES[stage]
        and not (field.key == "answer" and not owed)
        and is_visible(layout, field, values)
        and not _is_filled(field, values)
    ]


def _is_filled(field: FieldLayout, values: Mapping[str, Any]) -> bool:
    """A type in one's own words (Eget alternativ) answers the question of the type."""
    value = values.get(field.key)
    if isinstance(value, str):
        value = value.strip()
    return bool(value) or (field.key == "types" and bool(values.get("own_type")))
