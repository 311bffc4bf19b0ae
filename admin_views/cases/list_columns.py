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
    """A column on the page *Kolumner*: whether it is shown, and what stands as its place."""

    key: str
    label: str
    is_shown: bool
    place: str
    error: str = ""


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
    places = {key: str(place) for place, key in enumerate(shown, 1)}
    return [Choice(k, called[k], k in places, places.get(k, "")) for k in (*shown, *rest)]


def sent_choices(layout: CaseTypeLayout, sent: Mapping[str, str]) -> list[Choice]:
    """Every column as it was sent, with what is wrong about the place of a ticked one."""
    called, found = labels_of(layout), []
    for key in COLUMN_KEYS:
        is_shown, place = bool(sent.get(f"show-{key}")), sent.get(f"place-{key}", "").strip()
        is_odd = is_shown and place and not _is_place(place)
        error = _("Skriv platsen som ett heltal, till exempel 2.") if is_odd else ""
        found.append(Choice(key, called[key], is_shown, place, error))
    return found


def in_order(sent: Sequence[Choice]) -> list[str]:
    """The ticked columns in the order of their places; those without one come last."""
    shown = [choice for choice in sent if choice.is_shown]
    return [c.key for c in sorted(shown, key=lambda c: int(c.place) if c.place else 1000)]


def _is_place(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 4


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
