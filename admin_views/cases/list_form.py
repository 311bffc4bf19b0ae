"""The fields of the case list's filter, ready to be drawn: what can be chosen and what is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from admin_views.cases.list_filter import (
    NAMES,
    deadline_words,
    filter_args,
    labels,
    secret_words,
)
from domain.layout import CaseTypeLayout, ChoiceItem
from domain.permissions import Actor, Permission, can
from queries.case_filter import CHOICE_FIELDS, DAYS, CaseFilter
from queries.case_list_people import Handler
from queries.configuration import configuration

Options = list[tuple[str, str]]


@dataclass(frozen=True)
class FilterField:
    """One field: a list to choose from, or ticks when `is_many`."""

    name: str
    label: str
    options: Options
    chosen: tuple[str, ...]
    is_many: bool = False


def filter_fields(
    asked: CaseFilter, layout: CaseTypeLayout, handlers: list[Handler], actor: Actor
) -> list[FilterField]:
    """The fields that this case type has and that this person may narrow by."""
    nobody = [("ingen", _("Ingen"))]
    options: dict[str, Options] = {
        "status": _choices("status", layout),
        "unit": nobody + _units(),
        "responsible": nobody + [(str(person.id), person.name) for person in handlers],
        **{key: _choices(key, layout) for key in CHOICE_FIELDS if key != "status"},
        "deadline": list(deadline_words().items()),
        "secret": list(secret_words().items()),
    }
    if not can(actor, Permission.CASE_SECRECY_SET):
        del options["secret"]
    called, given = labels(layout), filter_args(asked)
    return [
        FilterField(
            NAMES[part],
            called[part],
            _with_chosen(part, found, asked, layout),
            _strings(given.get(NAMES[part])),
            part == "status",
        )
        for part, found in options.items()
        if found
    ]


@dataclass(frozen=True)
class DayField:
    """One end of a span of days."""

    name: str
    label: str
    value: str


def day_fields(asked: CaseFilter, layout: CaseTypeLayout) -> list[tuple[str, list[DayField]]]:
    """(what happened to the case, [from, to]) for each day that a list can be narrowed to."""
    words = {"received": _("Inkom"), "registered": _("Registrerat"), "closed": _("Avslutat")}
    called, given = labels(layout), filter_args(asked)
    return [
        (
            words[day],
            [
                DayField(NAMES[part], called[part], given.get(NAMES[part], ""))
                for part in (f"{day}_from", f"{day}_to")
            ],
        )
        for day in DAYS
    ]


def _choices(key: str, layout: CaseTypeLayout) -> Options:
    own = layout.fields.get(key)
    return [_option(choice) for choice in own.choices if choice.is_active] if own else []


def _with_chosen(part: str, options: Options, asked: CaseFilter, layout: CaseTypeLayout) -> Options:
    """A choice that is no longer in use stays in the form while the list is narrowed to it."""
    if part not in CHOICE_FIELDS:
        return options
    known = {value for value, _label in options}
    gone = [layout.choice(number) for number in getattr(asked, part) if str(number) not in known]
    return [*options, *(_option(choice) for choice in gone if choice)]


def _option(choice: ChoiceItem) -> tuple[str, str]:
    return str(choice.id), choice.label


def _units() -> Options:
    """In the order of the tree; an indent shows what lies below what."""
    indent = "\N{NO-BREAK SPACE}" * 3
    units = [unit for unit in configuration().units if unit.is_active]
    return [(str(unit.id), indent * unit.depth + unit.name) for unit in units]


def _strings(value: Any) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(str(one) for one in value)
    return (str(value),) if value else ()
