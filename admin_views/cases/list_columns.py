"""Which columns the case list shows: those of the case type, or the person's own choice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from admin_views.cases.cells import COLUMN_KEYS
from domain.layout import CaseTypeLayout
from domain.permissions import Actor
from queries.saved_views import chosen_columns

FIRST = "id"
"""Leads to the case: always there."""


@dataclass(frozen=True)
class Choice:
    """A column on the page *Kolumner*: its place among the shown ones, 0 for hidden ones."""

    key: str
    label: str
    place: int


def shown_columns(layout: CaseTypeLayout, actor: Actor) -> list[dict[str, str]]:
    """Key and label of each column, in order."""
    own = [dict(column) for column in layout.list_columns]
    chosen = [key for key in chosen_columns(actor, layout.id) if key in COLUMN_KEYS]
    if not chosen:
        return own
    called = labels_of(layout)
    return [{"key": key, "label": called[key]} for key in dict.fromkeys((FIRST, *chosen))]


def choices(layout: CaseTypeLayout, shown: Sequence[str]) -> list[Choice]:
    """Every column there is: the shown ones in their order, then the others."""
    called = labels_of(layout)
    rest = [key for key in COLUMN_KEYS if key not in shown]
    places = {key: place for place, key in enumerate(shown, 1)}
    return [Choice(key, called[key], places.get(key, 0)) for key in (*shown, *rest)]


def read_choice(sent: Mapping[str, str]) -> list[str]:
    """The ticked columns in the order of their numbers; what is no number comes last."""

    def place(key: str) -> tuple[int, int]:
        raw = sent.get(f"place-{key}", "")
        usable = raw.isascii() and raw.isdigit() and len(raw) < 4
        return (int(raw) if usable else 999, COLUMN_KEYS.index(key))

    return sorted((key for key in COLUMN_KEYS if sent.get(f"show-{key}")), key=place)


def labels_of(layout: CaseTypeLayout) -> dict[str, str]:
    """What the columns are called: in this list, else as the field, else as everywhere."""
    usual = {
        "id": _("ID"),
        "title": _("Rubrik"),
        "received_on": _("Inkom"),
        "registered": _("Registrerat"),
        "answer_by": _("Svara senast"),
        "answered_on": _("Besvarades"),
        "unit": _("Enhet"),
        "responsible": _("Ansvarig"),
        "assistants": _("Biträdande"),
        "ready": _("Klarmarkerat"),
        "status": _("Status"),
        "workflow": _("Process"),
        "closed": _("Avslutat"),
        "types": _("Typ"),
        "categories": _("Kategori"),
    }
    fields = {key: field.label for key, field in layout.fields.items() if key in usual}
    own = {column["key"]: column["label"] for column in layout.list_columns}
    return {**usual, **fields, **own}
