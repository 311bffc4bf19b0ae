"""A public form, built per request from its rows: the questions, their kinds and their rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import BooleanField, Field, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional, StopValidation, ValidationError

from domain.addresses import usable_address
from domain.clock import local_today
from domain.fields import CORE_FIELDS, Kind
from domain.layout import CaseTypeLayout, ChoiceItem, FormField, FormLayout, UnitNode
from domain.meanings import Meaning
from domain.own_texts import SwedishText
from forms.fields import (
    AreaField,
    DayField,
    LineField,
    TickField,
    add_error,
    not_in_the_future,
    to_id,
)
from forms.file_field import FilesField
from forms.guarded import GuardedForm

PREFIX = "f_"
RADIO_LIMIT = 6

AUTOCOMPLETE = {
    "submitter_name": "name",
    "submitter_address": "street-address",
    "submitter_phone": "tel",
    "submitter_email": "email",
}
"""HTML tokens (WCAG 1.3.5). Postnummer, ort holds two purposes and so has none."""

CONTACT_DATA = tuple(k for k, f in CORE_FIELDS.items() if f.attribute.startswith("submitter."))
"""What says who somebody is and where."""

CONTACT_NEEDS: dict[str, tuple[str, ...]] = {
    Meaning.CONTACT_EMAIL: ("submitter_email",),
    Meaning.CONTACT_LETTER: ("submitter_name", "submitter_address", "submitter_postal"),
    Meaning.CONTACT_PHONE: ("submitter_phone",),
}
"""What the wanted way of contact takes."""


class PublicForm(GuardedForm):
    """The base of every built public form."""

    layout: FormLayout
    is_protected = BooleanField(
        lazy_gettext("Jag har skyddade personuppgifter"),
        description=lazy_gettext(
            "Skriv då helst inga kontaktuppgifter. Svaret läser du på svarssidan, med koden som "
            "du får när du har skickat."
        ),
    )

    @property
    def first_contact_question(self) -> str:
        """Before this one stands the box for protected personal data. "": none is asked."""
        keys = [item.key for item in self.layout.fields]
        asks = any(key in CONTACT_DATA for key in keys)
        found = (key for key in keys if key in ("contact_way", *CONTACT_DATA))
        return next(found, "") if asks else ""

    def question(self, key: str) -> Field | None:
        """The field of one question, None when this form does not ask it."""
        return self._fields.get(PREFIX + key)

    def values(self) -> dict[str, Any]:
        """Core field key → value, in the shapes that services.cases.values stores. No files."""
        found: dict[str, Any] = {}
        for item in self.layout.fields:
            kind = CORE_FIELDS[item.key].kind
            if kind is not Kind.FILES:
                data = self._fields[PREFIX + item.key].data
                single = kind is Kind.CHOICES and not isinstance(data, list)
                found[item.key] = ([data] if data else []) if single else data
        return found

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        return self._contact_data_is_there() and valid

    def _contact_data_is_there(self) -> bool:
        way = self.question("contact_way")
        if way is None or self.is_protected.data:
            return True
        chosen = next(
            (c for c in _choices_of(self.layout, "contact_way") if c.id == way.data), None
        )
        missing = [
            field
            for key in CONTACT_NEEDS.get(chosen.meaning if chosen else "", ())
            if (field := self.question(key)) is not None and not field.data and not field.errors
        ]
        for field in missing:
            assert chosen is not None
            add_error(field, _("Fyll i det här, eftersom du har valt %(way)s.", way=chosen.label))
        return not missing


def build_public_form(
    layout: FormLayout, case_type: CaseTypeLayout, units: Sequence[UnitNode]
) -> PublicForm:
    """The form of this request. `units` are all units in the order of the tree."""
    attributes: dict[str, Any] = {"layout": layout}
    for item in layout.fields:
        attributes[PREFIX + item.key] = _make(item, layout, case_type, units)
    form_class = type("BuiltPublicForm", (PublicForm,), attributes)
    form: PublicForm = form_class()
    form.prepare()
    return form


def offered_units(layout: FormLayout, units: Sequence[UnitNode]) -> list[tuple[int, UnitNode]]:
    """(depth from 0, unit) for each active unit the form offers: all below its root."""
    root = next((u for u in units if u.id == layout.root_unit_id), None)
    top = root.depth if root else 0
    prefix = root.path if root else "/"
    inside = [u for u in units if u.is_active and u.path.startswith(prefix) and u.depth > top]
    return [(unit.depth - top - 1, unit) for unit in inside]


def _choices_of(layout: FormLayout, key: str) -> tuple[ChoiceItem, ...]:
    return next((item.choices for item in layout.fields if item.key == key), ())


def _make(
    item: FormField, layout: FormLayout, case_type: CaseTypeLayout, units: Sequence[UnitNode]
) -> Any:
    core = CORE_FIELDS[item.key]
    needed = RequiredContact() if item.key in CONTACT_DATA else Required()
    checks: list[Any] = [needed] if item.is_required else [Optional(strip_whitespace=False)]
    options: dict[str, Any] = {"label": item.label, "description": item.help, "validators": checks}
    if core.kind is Kind.UNIT:
        return _unit(options, offered_units(layout, units), layout.root_unit_id)
    if core.kind in (Kind.CHOICE, Kind.CHOICES):
        placed = case_type.fields.get(item.key)
        is_many = core.kind is Kind.CHOICES and (placed is None or placed.is_many)
        return _choice(options, [c for c in item.choices if c.is_active], is_many)
    if core.kind is Kind.FILES:
        return FilesField(item.label, description=item.help)
    if core.kind is Kind.DATE:
        checks.append(not_in_the_future)
        kw = {"type": "date", "max": local_today().isoformat()}
        return DayField(**options, default=local_today, render_kw=kw)
    if core.kind is Kind.CHECK:
        return BooleanField(**options)
    return _text(item.key, core.kind, core.max_length, options)


def _text(key: str, kind: Kind, limit: int, options: dict[str, Any]) -> Any:
    options["validators"].append(AtMost(limit))
    if kind in (Kind.AREA, Kind.RICH):
        rows = 10 if key == "text" else 4
        return AreaField(**options, render_kw={"rows": rows, "data-limit": limit})
    attributes: dict[str, Any] = {}
    if key in AUTOCOMPLETE:
        attributes["autocomplete"] = AUTOCOMPLETE[key]
    if key == "submitter_phone":
        attributes["type"] = "tel"
    if kind is Kind.EMAIL:
        options["validators"].append(is_email)
        attributes |= {"type": "email", "spellcheck": "false"}
    return LineField(**options, render_kw=attributes)


def _choice(options: dict[str, Any], items: list[ChoiceItem], is_many: bool) -> Any:
    choices = [SelectChoice(c.id, c.label) for c in items]
    options.update(coerce=_known_id, validate_choice=False)
    options["validators"].append(one_of({c.id for c in items}))
    if is_many:
        return TickField(**options, choices=choices)
    if len(choices) <= RADIO_LIMIT:
        return RadioField(**options, choices=choices)
    plain = [_option(c.id, c.label) for c in items]
    return SelectField(**options, choices=[SelectChoice("", _("Välj …")), *plain])


def _option(value: Any, label: str) -> Any:
    """An option of a list: it holds text only, so that its language is an attribute."""
    is_swedish = isinstance(label, SwedishText)
    return SelectChoice(value, str(label), render_kw={"lang": "sv"} if is_swedish else {})


def _unit(options: dict[str, Any], units: list[tuple[int, UnitNode]], root_id: int | None) -> Any:
    """The units below the form's own one, and last that one itself: the overarching level (S08)."""
    choices = [_option(u.id, SwedishText("\u2003" * depth + u.name)) for depth, u in units]
    allowed = {u.id for _depth, u in units}
    if root_id:
        choices.append(SelectChoice(root_id, _("Annat, eller hela verksamheten")))
        allowed.add(root_id)
    options.update(coerce=_known_id, validate_choice=False)
    options["validators"].append(one_of(allowed))
    return SelectField(**options, choices=[SelectChoice("", _("Välj …")), *choices])


def _known_id(value: Any) -> int | None:
    """An id from the browser; what is no id counts as no answer."""
    try:
        return to_id(value)
    except ValueError:
        return None


class Required:
    """The question must be answered. Blanks are no answer; what was typed stays as it is."""

    field_flags = {"required": True}

    def __call__(self, form: Any, field: Field) -> None:
        data = field.data
        if data and (not isinstance(data, str) or data.strip()):
            return
        if field.errors:
            raise StopValidation
        chooses = hasattr(field, "choices")
        raise StopValidation(_("Välj ett alternativ.") if chooses else _("Fyll i det här."))


class RequiredContact(Required):
    """The same, but nobody with protected personal data must say how to find them."""

    def __call__(self, form: Any, field: Field) -> None:
        if form.is_protected.data and not field.data:
            raise StopValidation
        super().__call__(form, field)


class AtMost:
    """At most so many characters, told with how many there are."""

    def __init__(self, limit: int) -> None:
        self.limit = limit

    def __call__(self, form: Any, field: Field) -> None:
        length = len(field.data or "")
        if length > self.limit:
            raise ValidationError(
                _(
                    "Du har skrivit %(length)s tecken. Det får vara högst %(limit)s. "
                    "Korta texten med %(over)s tecken.",
                    length=length,
                    limit=self.limit,
                    over=length - self.limit,
                )
            )


def one_of(ids: set[int]) -> Any:
    """Only choices that are offered: one may have been taken away since the form was shown."""

    def check(form: Any, field: Field) -> None:
        chosen = field.data if isinstance(field.data, list) else [field.data]
        if not set(chosen) - {None} <= ids:
            raise ValidationError(_("Alternativet finns inte längre. Välj ett av dem som visas."))

    return check


def is_email(form: Any, field: Field) -> None:
    """An address that mail can be sent to, as far as its form tells: nobody is asked for it."""
    usable = usable_address(field.data)
    if not usable:
        raise ValidationError(
            _("Skriv e-postadressen med @, till exempel namn@exempel.se. Kontrollera stavningen.")
        )
    field.data = usable
