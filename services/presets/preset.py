"""A preset in memory: what its seven files say, with every key present."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from domain.fields import CORE_FIELDS, Kind

Row = dict[str, Any]
CHOICE_KINDS = (Kind.CHOICE, Kind.CHOICES)


@dataclass(frozen=True)
class Preset:
    """Rows as services/presets/formats.py describes them, in the order of the files."""

    name: str
    case_type: Row
    tabs: list[Row]
    lists: list[Row]
    templates: list[Row]
    forms: list[Row]
    organisation: Row
    phrases: list[Row]

    @property
    def fields(self) -> dict[str, Row]:
        """The fields of all tabs by key."""
        return {field["key"]: field for tab in self.tabs for field in tab["fields"]}

    @property
    def list_keys(self) -> set[str]:
        return {row["key"] for row in self.lists}

    def meanings(self, list_key: str) -> list[str]:
        """The meanings that a list's choices carry, in order."""
        found = (row["choices"] for row in self.lists if row["key"] == list_key)
        return [choice["meaning"] for choice in next(found, ()) if choice["meaning"]]


def kind_of(field: Row) -> str:
    """The kind of a field: the core field's own, else the one written in the file."""
    core = CORE_FIELDS.get(field["key"])
    return core.kind if core else field["kind"]


def list_of(field: Row) -> str:
    """The key of the list that a field (or a question) offers; "" when it offers none.

    Without `list` it is the list that has the field's own key.
    """
    return (field["list"] or field["key"]) if kind_of(field) in CHOICE_KINDS else ""
