"""Giving a new case to a unit and a responsible, in its row on the first page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from domain.layout import UnitNode
from forms.base import Form
from forms.fields import to_id
from queries.people import Person


class AssignForm(Form):
    """The unit and the responsible of one case, as its row saw the case."""

    version = HiddenField()
    unit = SelectField(
        _("Enhet"), [InputRequired(_("Välj en enhet."))], coerce=to_id, validate_choice=False
    )
    responsible = SelectField(_("Ansvarig"), coerce=to_id, validate_choice=False)


def assign_form(
    case_id: int,
    values: dict[str, Any],
    units: Sequence[UnitNode],
    people: Sequence[Person],
    sent: Any = None,
) -> AssignForm:
    """The form of one row; its names carry the case's number, so that ids are unique."""
    form = AssignForm(sent, prefix=f"a{case_id}-", data=values)
    form.unit.choices = [SelectChoice("", _("Välj …"))]
    for unit in units:
        if unit.is_active or unit.id == values.get("unit"):
            indent = "\u2003" * max(unit.depth - 1, 0)
            own = {"data-path": unit.path}
            form.unit.choices.append(SelectChoice(unit.id, indent + unit.name, own))
    form.responsible.choices = [SelectChoice("", _("Enhetens ansvariga"))]
    for person in people:
        own = {"data-paths": " ".join(person.paths)}
        form.responsible.choices.append(SelectChoice(person.id, person.name, own))
    form.responsible.render_kw = {"data-depends-on": form.unit.id}
    return form
