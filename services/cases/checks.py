"""Whether values may stand on a case: only what is offered, only people whom the rules allow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.errors import RuleBroken
from domain.fields import Kind
from domain.layout import FieldLayout
from domain.text import _
from queries.configuration import configuration
from queries.people import may_be_assistant, may_be_informed, may_be_responsible


def check_choice(field: FieldLayout, value: Any, current: Any = None) -> None:
    """Only choices that are offered now, or were taken already. Raises RuleBroken."""
    if field.kind not in (Kind.CHOICE, Kind.CHOICES) or not value:
        return
    chosen = value if isinstance(value, list) else [value]
    kept = current if isinstance(current, list) else [current]
    offered = {c.id for c in field.choices if c.is_active} | set(kept)
    if not set(chosen) <= offered:
        raise RuleBroken(_("Välj ett av alternativen i listan."), field=field.key)
    if len(chosen) > 1 and not field.is_many:
        raise RuleBroken(_("Välj bara ett alternativ."), field=field.key)


def check_unit(unit_id: int | None) -> None:
    """Only a unit that exists and is in use. Raises RuleBroken."""
    node = configuration().units_by_id.get(unit_id or 0)
    if node is None or not node.is_active:
        raise RuleBroken(_("Välj en enhet i listan."), field="unit")


def check_responsible(user_id: int | None, unit_id: int | None, case_type_id: int) -> None:
    """Only somebody whose role covers the unit (manual H26). Raises RuleBroken."""
    node = configuration().units_by_id.get(unit_id or 0)
    if user_id and not may_be_responsible(user_id, node, case_type_id):
        raise RuleBroken(_("Välj en ansvarig som hör till den valda enheten."), field="responsible")


def check_participants(values: Mapping[str, Any], current: frozenset[int] = frozenset()) -> None:
    """Only people who can be assistants or be informed. Raises RuleBroken."""
    for key, allowed in (("assistants", may_be_assistant), ("informed", may_be_informed)):
        if any(i not in current and not allowed(i) for i in values.get(key) or []):
            raise RuleBroken(_("Välj personer som finns i listan."), field=key)
