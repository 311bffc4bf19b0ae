"""What is chosen for many cases at once: a unit and its handler, people, or keywords."""

from __future__ import annotations

from typing import Any

from wtforms import Form

from domain.layout import CaseTypeLayout
from forms.assign_form import assign_form
from forms.case_form import PREFIX, Offers, build_case_form, form_values
from queries.configuration import configuration
from queries.people import possible_assistants, possible_informed, possible_responsibles
from services.cases.bulk import BulkAction

ASSIGN = "a0-"


def bulk_form(layout: CaseTypeLayout, action: BulkAction, sent: Any = None) -> Form:
    """The form of an action, empty or as it was sent."""
    if "unit" in action.fields:
        form = assign_form(0, {}, configuration().units, possible_responsibles(layout.id), sent)
        for key in action.fields:  # as the case form of this municipality calls them
            if key in layout.fields:
                form[key].label.text = layout.fields[key].label
        return form
    offers = Offers(
        assistants=possible_assistants() if "assistants" in action.fields else (),
        informed=possible_informed() if "informed" in action.fields else (),
    )
    fields = [layout.fields[key] for key in action.fields]
    return build_case_form(layout, fields, {}, offers, sent)


def chosen_in(form: Form, layout: CaseTypeLayout, action: BulkAction) -> dict[str, Any]:
    """Field key → what was chosen. No person means the one who answers for the unit."""
    if "unit" not in action.fields:
        return form_values(form, layout.fields)
    unit = configuration().units_by_id.get(form["unit"].data or 0)
    default = unit.default_responsible_id if unit else None
    return {"unit": form["unit"].data, "responsible": form["responsible"].data or default}


def field_name(action: BulkAction, key: str) -> str:
    """The name of the form's field for a field of the case."""
    return key if "unit" in action.fields else PREFIX + key


def shown_fields(form: Form, action: BulkAction) -> list[Any]:
    """The fields of the form in their order, without the hidden ones."""
    return [form[field_name(action, key)] for key in action.fields]
