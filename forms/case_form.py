"""The case form: tabs and fields as the case type has them, cut to what this person may do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from wtforms import BooleanField, HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Email, Length, Optional

from domain.fields import DISPLAY_KINDS, Kind
from domain.layout import CaseTypeLayout, ChoiceItem, FieldLayout, UnitNode
from domain.richtext import is_blank_html
from forms.base import Form
from forms.fields import (
    AreaField,
    DayField,
    LineField,
    RichTextField,
    TickField,
    not_in_the_future,
    to_id,
)
from queries.people import Person

PREFIX = "f_"  # a configured key such as "data" would hide an attribute of the form
RADIO_LIMIT = 9  # Hjo shows its nine measures as they are; ten channels are a list
TICK_LIMIT = 16


@dataclass(frozen=True)
class Offers:
    """What the selects of people and units offer."""

    units: Sequence[UnitNode] = ()
    responsibles: Sequence[Person] = ()
    assistants: Sequence[Person] = ()
    informed: Sequence[Person] = ()


class CaseForm(Form):
    """The base of every built case form. `version` is the version that the person saw."""

    version = HiddenField()
    key = HiddenField()


def build_case_form(
    layout: CaseTypeLayout,
    editable: Sequence[FieldLayout],
    values: Mapping[str, Any],
    offers: Offers,
    formdata: Any = None,
    *,
    version: int = 1,
    key: str = "",
) -> CaseForm:
    """A bound form with one field per editable field layout. Files and displays have none here.

    `values` is field key → stored value; `formdata` what the browser sent, if it did.
    """
    attributes: dict[str, Any] = {}
    for field in editable:
        if field.kind not in (*DISPLAY_KINDS, Kind.FILES):
            attributes[PREFIX + field.key] = _make(field, values.get(field.key), offers)
    form_class = type("BuiltCaseForm", (CaseForm,), attributes)
    data = {PREFIX + key: value for key, value in values.items()}
    for field in layout.fields.values():
        if field.kind is Kind.CHOICES and not field.is_many:
            stored = data.get(PREFIX + field.key) or [None]
            data[PREFIX + field.key] = stored[0]
    form: CaseForm = form_class(formdata, data={**data, "version": version, "key": key})
    return form


def form_values(form: CaseForm, fields: Mapping[str, FieldLayout]) -> dict[str, Any]:
    """field key → value, in the shapes of services.cases.values."""
    found: dict[str, Any] = {}
    for name, field in form._fields.items():
        if name.startswith(PREFIX):
            layout = fields[name.removeprefix(PREFIX)]
            found[layout.key] = _shape(layout, field.data)
    return found


def _shape(layout: FieldLayout, data: Any) -> Any:
    if layout.kind is Kind.CHOICES and not layout.is_many:
        return [data] if data else []
    if layout.kind in (Kind.CHOICES, Kind.PEOPLE):
        return list(data or [])
    if layout.kind is Kind.RICH:
        return "" if is_blank_html(data or "") else data
    if layout.kind in (Kind.LINE, Kind.AREA, Kind.EMAIL):
        return data or ""
    return data


def _make(field: FieldLayout, value: Any, offers: Offers) -> Any:
    options: dict[str, Any] = {"label": field.label, "description": field.help}
    maker = _MAKERS[field.kind]
    return maker(field, value, offers, options)


def _line(field: FieldLayout, value: Any, offers: Offers, options: dict[str, Any]) -> Any:
    limit = field.core.max_length if field.core else 500
    options["validators"] = [_at_most(limit)]
    options["render_kw"] = {"maxlength": limit} if field.kind is not Kind.AREA else {}
    return LineField(**options)


def _email(field: FieldLayout, value: Any, offers: Offers, options: dict[str, Any]) -> Any:
    sentence = _("Skriv e-postadressen med @, till exempel namn@exempel.se.")
    options["validators"] = [Optional(), _at_most(254), Email(message=sentence)]
    options["render_kw"] = {"type": "email"}
    return LineField(**options)


def _area(field: FieldLayout, value: Any, offers: Offers, options: dict[str, Any]) -> Any:
    limit = field.core.max_length if field.core else 20_000
    return AreaField(**options, validators=[_at_most(limit)], render_kw={"rows": 6})


def _rich(field: FieldLayout, value: Any, offers: Offers, options: dict[str, Any]) -> Any:
    limit = field.core.max_length if field.core else 40_000
    return RichTextField(**options, validators=[_at_most(limit)], render_kw={"rows": 8})


def _at_most(limit: int) -> Length:
    return Length(
        max=limit,
        message=_("Texten är för lång. Korta den till högst %(limit)s tecken.", limit=limit),
    )


def _date(field: FieldLayout, value: Any, offers: Offers, options: dict[str, Any]) -> Any:
    checks = [Optional(), not_in_the_future] if field.core else [Optional()]
    return DayField(**options, validators=checks)


def _check(field: FieldLayout, value: Any, offers: Offers, options: dict[str, Any]) -> Any:
    return BooleanField(**options)


def _one_choice(field: FieldLayout, value: Any, offers: Offers, options: dict[str, Any]) -> Any:
    taken = value if isinstance(value, list) else [value]
    items = _offered(field.choices, taken)
    choices = [SelectChoice(c.id, c.label) for c in items]
    options.update(coerce=to_id, validators=[Optional()], validate_choice=False)
    if len(items) <= RADIO_LIMIT and field.key != "status":
        none = [SelectChoice("", _("Inget valt"))] if field.required_when == "never" else []
        return RadioField(**options, choices=[*choices, *none])
    return SelectField(**options, choices=[SelectChoice("", _("Välj …")), *choices])


def _choices(field: FieldLayout, value: Any, offers: Offers, options: dict[str, Any]) -> Any:
    if not field.is_many:
        return _one_choice(field, value, offers, options)
    items = _offered(field.choices, value or [])
    options["choices"] = [SelectChoice(c.id, c.label) for c in items]
    options.update(coerce=to_id, validate_choice=False)
    if field.key in ("keywords", "work_orders") or len(items) > TICK_LIMIT:
        return SelectMultipleField(**options, render_kw={"data-combobox": ""})
    return TickField(**options)


def _offered(choices: Sequence[ChoiceItem], taken: Sequence[Any]) -> list[ChoiceItem]:
    return [c for c in choices if c.is_active or c.id in taken]


def _unit(field: FieldLayout, value: Any, offers: Offers, options: dict[str, Any]) -> Any:
    """Units in the order of the tree. The path tells the script which handlers belong to each."""
    choices = [SelectChoice("", _("Välj …"))]
    for unit in offers.units:
        if unit.is_active or unit.id == value:
            indent = "\u2003" * max(unit.depth - 1, 0)
            choices.append(SelectChoice(unit.id, indent + unit.name, {"data-path": unit.path}))
    options.update(coerce=to_id, validate_choice=False)
    return SelectField(**options, choices=choices)


def _person(field: FieldLayout, value: Any, offers: Offers, options: dict[str, Any]) -> Any:
    choices = [SelectChoice("", _("Välj …"))]
    choices += [
        SelectChoice(p.id, p.name, {"data-paths": " ".join(p.paths)}) for p in offers.responsibles
    ]
    options.update(coerce=to_id, validate_choice=False)
    options["render_kw"] = {"data-depends-on": PREFIX + "unit"}
    return SelectField(**options, choices=choices)


def _people(field: FieldLayout, value: Any, offers: Offers, options: dict[str, Any]) -> Any:
    people = offers.assistants if field.key == "assistants" else offers.informed
    choices = [SelectChoice(p.id, p.name) for p in people]
    options.update(coerce=to_id, validate_choice=False)
    return SelectMultipleField(**options, choices=choices, render_kw={"data-combobox": ""})


_MAKERS = {
    Kind.LINE: _line,
    Kind.EMAIL: _email,
    Kind.AREA: _area,
    Kind.RICH: _rich,
    Kind.DATE: _date,
    Kind.CHECK: _check,
    Kind.CHOICE: _one_choice,
    Kind.CHOICES: _choices,
    Kind.UNIT: _unit,
    Kind.PERSON: _person,
    Kind.PEOPLE: _people,
}
