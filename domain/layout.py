"""The configuration as the rules and forms read it: frozen copies of the rows, no database."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from domain.fields import CORE_FIELDS, CoreField, Kind


@dataclass(frozen=True)
class ChoiceItem:
    """One choice of a list."""

    id: int
    label: str
    meaning: str = ""
    instruction: str = ""
    is_active: bool = True
    list_key: str = ""


@dataclass(frozen=True)
class FieldLayout:
    """One field on a tab. `core` is None for a custom field."""

    key: str
    kind: Kind
    label: str
    help: str = ""
    width: str = "full"
    is_many: bool = False
    required_when: str = "never"
    visible_when: dict[str, Any] = field(default_factory=dict)
    readonly_roles: tuple[str, ...] = ()
    choices: tuple[ChoiceItem, ...] = ()

    @property
    def core(self) -> CoreField | None:
        return CORE_FIELDS.get(self.key)


@dataclass(frozen=True)
class TabLayout:
    """One tab with its fields, in order."""

    key: str
    label: str
    position: int
    role_positions: dict[str, int]
    fields: tuple[FieldLayout, ...]


@dataclass(frozen=True)
class EventTemplateItem:
    """One row of the event menu (models/event_template.py says what the parts mean)."""

    id: int
    key: str
    label: str
    group: str
    kind: str
    event_kind: str
    purpose: str
    recipient: str
    subject: str
    body: str
    conditions: tuple[str, ...]
    status_meaning: str
    marks_acknowledged: bool
    marks_answered: bool
    version: int


@dataclass(frozen=True)
class UnitNode:
    """One unit of the organisation. `path` holds the ids from the root down: "/1/4/9/"."""

    id: int
    key: str
    name: str
    kind: str
    parent_id: int | None
    path: str
    sort_key: str
    board: str
    default_responsible_id: int | None
    is_active: bool
    secrecy_area: str = "open"

    @property
    def depth(self) -> int:
        """0 for the root."""
        return self.path.count("/") - 2


@dataclass(frozen=True)
class FormField:
    """One question of a public form."""

    key: str
    label: str
    help: str
    section: str
    is_required: bool
    choices: tuple[ChoiceItem, ...]
    section_help: str = ""


@dataclass(frozen=True)
class FormLayout:
    """A public form."""

    id: int
    slug: str
    name: str
    summary: str
    intro: str
    privacy: str
    notice: str
    board: str
    case_type_id: int
    root_unit_id: int | None
    defaults: dict[str, Any]
    fields: tuple[FormField, ...]
    translations: dict[str, dict[str, str]] = field(default_factory=dict)
    """Language → Swedish text → the same in that language (domain/own_texts.py)."""


@dataclass(frozen=True)
class CaseTypeLayout:
    """A case type with all that hangs on it."""

    id: int
    key: str
    name: str
    acknowledge_days: int
    answer_days: int
    sender_name: str
    sender_email: str
    secrecy_class: str
    mail_content: str
    list_columns: tuple[dict[str, Any], ...]
    tabs: tuple[TabLayout, ...]
    lists: dict[str, tuple[ChoiceItem, ...]]
    event_templates: tuple[EventTemplateItem, ...]

    @cached_property
    def fields(self) -> dict[str, FieldLayout]:
        """All fields of all tabs by key."""
        return {f.key: f for tab in self.tabs for f in tab.fields}

    def tabs_for(self, roles: frozenset[str]) -> list[TabLayout]:
        """The tabs in the order of the first of `roles` that has one of its own (manual H07)."""
        for role in sorted(roles):
            if any(role in tab.role_positions for tab in self.tabs):
                return sorted(self.tabs, key=lambda t: t.role_positions.get(role, t.position))
        return sorted(self.tabs, key=lambda t: t.position)

    def choice_meaning(self, meaning: str, field_key: str) -> ChoiceItem | None:
        """The active choice of a field's list that carries `meaning`."""
        found = self.fields.get(field_key)
        items = found.choices if found else ()
        return next((c for c in items if c.meaning == meaning and c.is_active), None)

    def choice(self, choice_id: int | None) -> ChoiceItem | None:
        """Any choice of this type by id."""
        return self._choices.get(choice_id) if choice_id else None

    @cached_property
    def _choices(self) -> dict[int, ChoiceItem]:
        return {c.id: c for items in self.lists.values() for c in items}

    def meaning_of(self, choice_id: int | None) -> str:
        """The meaning of a choice, "" for none."""
        found = self.choice(choice_id)
        return found.meaning if found else ""

    def label_of(self, choice_id: int | None) -> str:
        """The label of a choice, "" for none."""
        found = self.choice(choice_id)
        return found.label if found else ""
