"""The rules of the configuration, table by table: what a row must be, and when it may go."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from models import (
    Base,
    CaseType,
    Choice,
    ChoiceList,
    ClosedDay,
    EventTemplate,
    Field,
    LegalGround,
    Municipality,
    Phrase,
    PublicForm,
    PublicFormField,
    Tab,
    Unit,
    User,
)
from services.config_rules import (
    case_types,
    choices,
    event_templates,
    fields,
    people,
    phrases,
    public_forms,
    system,
    units,
)

_CHECKS: dict[type[Base], Callable[[Any], None]] = {
    CaseType: case_types.check_case_type,
    Tab: case_types.check_tab,
    Field: fields.check_field,
    ChoiceList: choices.check_list,
    Choice: choices.check_choice,
    EventTemplate: event_templates.check_event_template,
    Phrase: phrases.check_phrase,
    PublicForm: public_forms.check_form,
    PublicFormField: public_forms.check_question,
    Municipality: system.check_municipality,
    ClosedDay: system.check_closed_day,
    LegalGround: system.check_legal_ground,
    Unit: units.check_unit,
    User: people.check_person,
}

_REMOVALS: dict[type[Base], Callable[[Any], None]] = {
    Tab: case_types.check_tab_removal,
    Field: fields.check_field_removal,
    ChoiceList: choices.check_list_removal,
    Choice: choices.check_choice_removal,
}


def check(row: Base) -> None:
    """Raise RuleBroken, naming the field, when `row` as it stands breaks a rule."""
    _CHECKS[type(row)](row)


def check_removal(row: Base) -> None:
    """Raise RuleBroken when something needs `row`. What the database guards needs no rule here."""
    _REMOVALS.get(type(row), lambda _row: None)(row)
