"""Rules of the fields on the tabs."""

from __future__ import annotations

from sqlalchemy import select

from domain.fields import CORE_FIELDS, CUSTOM_KINDS, Kind
from domain.meanings import Meaning
from domain.permissions import Role
from domain.text import _
from extensions import db
from models import ChoiceList, Field, Tab
from services.config_rules.common import (
    check_all_known,
    check_key,
    check_known,
    check_text,
    check_unique,
    need,
)

REQUIRED_WHEN = ("never", "save", "ready", "answer", "close")
WIDTHS = ("full", "half")
ESSENTIAL = ("text", "status", "unit", "responsible")
"""Without these fields a case can be neither opened, handed to somebody nor closed."""

CHOICE_KINDS = (Kind.CHOICE, Kind.CHOICES)


def kind_of(row: Field) -> str:
    """The kind of a field: the core field's own, else the one that was chosen for it."""
    core = CORE_FIELDS.get(row.key)
    return core.kind if core else row.kind


def check_field(row: Field) -> None:
    """A field is a core field or has a kind of its own, stands on a tab of its type, and has a
    choice list of its type when it offers choices."""
    check_key(row)
    check_unique(row, "key", "case_type_id")
    check_text(row, "label", _("Skriv en ledtext för fältet."))
    if row.key not in CORE_FIELDS:
        check_known(row, "kind", CUSTOM_KINDS)
    check_known(row, "width", WIDTHS)
    check_known(row, "required_when", REQUIRED_WHEN)
    check_all_known(row, "readonly_roles", tuple(Role))
    _check_tab(row)
    _check_choice_list(row)
    _check_visible_when(row)


def _check_tab(row: Field) -> None:
    tab = db.session.get(Tab, row.tab_id) if row.tab_id else None
    sentence = _("Välj en flik som hör till samma ärendetyp.")
    need(tab and tab.case_type_id == row.case_type_id, "tab_id", sentence)


def _check_choice_list(row: Field) -> None:
    if kind_of(row) not in CHOICE_KINDS:
        need(not row.choice_list_id, "choice_list_id", _("Det här fältet har ingen vallista."))
        return
    found = db.session.get(ChoiceList, row.choice_list_id) if row.choice_list_id else None
    sentence = _("Välj en vallista som hör till samma ärendetyp.")
    need(found and found.case_type_id == row.case_type_id, "choice_list_id", sentence)


def _check_visible_when(row: Field) -> None:
    """{} for always; else another field of the type and a meaning that its list offers."""
    condition = row.visible_when or {}
    if not condition:
        return
    need(set(condition) == {"field", "meaning"}, "visible_when", _("Ange både fält och betydelse."))
    need(condition["field"] != row.key, "visible_when", _("Ett fält kan inte styra sig självt."))
    query = select(Field).where(
        Field.case_type_id == row.case_type_id, Field.key == condition["field"]
    )
    other = db.session.scalar(query)
    choices = other.choice_list.choices if other and other.choice_list else ()
    offered = {choice.meaning for choice in choices}
    known = condition["meaning"] in tuple(Meaning) and condition["meaning"] in offered
    need(known, "visible_when", _("Inget val i det fältets lista har den betydelsen."))


def check_field_removal(row: Field) -> None:
    """A field goes when no rule needs it and no other field's visibility hangs on it."""
    need(row.key not in ESSENTIAL, "", _("Fältet behövs i alla ärenden och kan inte tas bort."))
    query = select(Field).where(Field.case_type_id == row.case_type_id)
    for other in db.session.scalars(query):
        sentence = _("Fältet styr om %(label)s visas. Ändra det fältet först.")
        need(other.visible_when.get("field") != row.key, "", sentence, label=other.label)
