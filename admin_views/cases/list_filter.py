"""The case list's filter in the address: read from it, written to it, and told as chips."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from domain.dates import short_date
from domain.layout import CaseTypeLayout
from domain.row_ids import row_id
from domain.search_words import wanted_words
from queries.case_filter import CHOICE_FIELDS, DAYS, DEADLINES, NOBODY, CaseFilter
from queries.configuration import configuration

NAMES = {
    "text": "sok",
    "status": "status",
    "unit": "enhet",
    "responsible": "ansvarig",
    "types": "slag",
    "categories": "kategori",
    "workflow": "process",
    "channel": "kanal",
    "publication": "publicering",
    "received_from": "fran",
    "received_to": "till",
    "registered_from": "registrerad-fran",
    "registered_to": "registrerad-till",
    "closed_from": "avslutad-fran",
    "closed_to": "avslutad-till",
    "deadline": "svara",
    "secret": "sekretess",
}
"""Part of the filter → its name in the address. Bookmarks hold these: they never change."""

_DEADLINES = dict(zip(("forsenade", "3-dagar", "7-dagar"), DEADLINES, strict=True))
_SECRETS = {"ja": True, "nej": False}
_NOBODY = "ingen"
MAX_TEXT = 200


@dataclass(frozen=True)
class ReadFilter:
    """The filter, and a sentence for each thing in the address that could not be used."""

    filter: CaseFilter
    notices: tuple[str, ...]


@dataclass(frozen=True)
class Chip:
    """One thing that the list is narrowed to; `rest` is the filter without it."""

    label: str
    rest: CaseFilter


def read_filter(args: MultiDict[str, str], layout: CaseTypeLayout, *, secrecy: bool) -> ReadFilter:
    """What the address asks for. `secrecy`: whether this person may narrow by it."""
    notices: list[str] = []
    found: dict[str, Any] = {"text": _text(args.get(NAMES["text"], ""), notices)}
    for part, read in _READERS.items():
        if part == "secret" and not secrecy:
            continue
        values = [v for v in args.getlist(NAMES[part]) if v.strip()]
        if not values:
            continue
        try:
            found[part] = read(part, values, layout)
        except ValueError:
            name = labels(layout)[part]
            notices.append(_("Filtret %(name)s kunde inte läsas och används inte.", name=name))
    asked = CaseFilter(**found)
    return ReadFilter(asked, (*notices, *_turned(asked, layout)))


def _turned(asked: CaseFilter, layout: CaseTypeLayout) -> list[str]:
    """A sentence for each pair of days that stands the wrong way round."""
    found = []
    for day in DAYS:
        first, last = getattr(asked, f"{day}_from"), getattr(asked, f"{day}_to")
        if first and last and first > last:
            name = labels(layout)[f"{day}_from"]
            found.append(_("%(name)s är senare än till och med. Byt plats på datumen.", name=name))
    return found


def _text(raw: str, notices: list[str]) -> str:
    text = " ".join(raw.replace("\0", " ").split())
    wanted = wanted_words(text[:MAX_TEXT])
    if wanted.is_cut or len(text) > MAX_TEXT:
        notices.append(_("Sökningen är för lång. Bara början av den används."))
    if text and not wanted.words:
        notices.append(_("Skriv minst en bokstav eller siffra att söka efter."))
        return ""
    return text[:MAX_TEXT]


def _choices(part: str, values: list[str], layout: CaseTypeLayout) -> tuple[int, ...]:
    own = layout.fields.get(part)
    known = {choice.id for choice in own.choices} if own else set()
    ids = dict.fromkeys(row_id(value) or 0 for value in values)
    if not known.issuperset(ids):
        raise ValueError
    return tuple(sorted(ids))


def _one_of(known: Callable[[int], bool]) -> Callable[[str, list[str], CaseTypeLayout], int]:
    def read(_part: str, values: list[str], _layout: CaseTypeLayout) -> int:
        if values[0] == _NOBODY:
            return NOBODY
        number = row_id(values[0])
        if not number or not known(number):
            raise ValueError
        return number

    return read


def _date(_part: str, values: list[str], _layout: CaseTypeLayout) -> date:
    return date.fromisoformat(values[0].strip())


def _word(words: dict[str, Any]) -> Callable[[str, list[str], CaseTypeLayout], Any]:
    def read(_part: str, values: list[str], _layout: CaseTypeLayout) -> Any:
        if values[0] not in words:
            raise ValueError
        return words[values[0]]

    return read


_READERS: dict[str, Callable[[str, list[str], CaseTypeLayout], Any]] = {
    **dict.fromkeys(CHOICE_FIELDS, _choices),
    "unit": _one_of(lambda number: number in configuration().units_by_id),
    "responsible": _one_of(lambda number: True),
    **{f"{day}_{end}": _date for day in DAYS for end in ("from", "to")},
    "deadline": _word(_DEADLINES),
    "secret": _word(_SECRETS),
}


def filter_args(asked: CaseFilter) -> dict[str, Any]:
    """The filter as parameters of an address: read_filter() of them gives it back."""
    found: dict[str, Any] = {}
    for part, name in NAMES.items():
        value = getattr(asked, part)
        if value is None or value == "" or value == () or (value == 0 and value is not False):
            continue
        found[name] = _written(part, value)
    return found


def _written(part: str, value: Any) -> Any:
    if part == "deadline":
        return next(word for word, deadline in _DEADLINES.items() if deadline == value)
    if part == "secret":
        return "ja" if value else "nej"
    if value == NOBODY:
        return _NOBODY
    return [str(one) for one in value] if isinstance(value, tuple) else str(value)


def labels(layout: CaseTypeLayout) -> dict[str, str]:
    """What each part is called: as the case type calls its fields."""
    found = {
        "text": _("Sök"),
        "unit": _("Enhet"),
        "responsible": _("Ansvarig"),
        "received_from": _("Inkom från och med"),
        "received_to": _("Inkom till och med"),
        "registered_from": _("Registrerat från och med"),
        "registered_to": _("Registrerat till och med"),
        "closed_from": _("Avslutat från och med"),
        "closed_to": _("Avslutat till och med"),
        "deadline": _("Svara senast"),
        "secret": _("Sekretess"),
    }
    own = {key: layout.fields[key].label for key in CHOICE_FIELDS if key in layout.fields}
    return {**{key: key for key in CHOICE_FIELDS}, **found, **own}


def deadline_words() -> dict[str, str]:
    """Value in the address → what people read."""
    words = (_("Försenade"), _("Inom 3 dagar"), _("Inom en vecka"))
    return dict(zip(_DEADLINES, words, strict=True))


def secret_words() -> dict[str, str]:
    """Value in the address → what people read."""
    return {"ja": _("Sekretessmarkerade"), "nej": _("Utan sekretessmarkering")}


def chips(asked: CaseFilter, layout: CaseTypeLayout, names: dict[int, str]) -> list[Chip]:
    """What the list is narrowed to, each with the filter that is left without it."""
    found = []
    called = labels(layout)
    for part in NAMES:
        value = getattr(asked, part)
        empty = getattr(CaseFilter(), part)
        if value == empty:
            continue
        for one in value if isinstance(value, tuple) else (value,):
            rest = tuple(v for v in value if v != one) if isinstance(value, tuple) else empty
            words = f"{called[part]}: {_told(part, one, layout, names)}"
            changed: dict[str, Any] = {part: rest}
            found.append(Chip(words, replace(asked, **changed)))
    return found


def _told(part: str, value: Any, layout: CaseTypeLayout, names: dict[int, str]) -> str:
    if part in CHOICE_FIELDS:
        return layout.label_of(value)
    if value == NOBODY:
        return _("Ingen")
    if part == "unit":
        return configuration().units_by_id[value].name
    if part == "responsible":
        return names.get(value, str(value))
    if part == "deadline":
        return deadline_words()[str(_written(part, value))]
    if part == "secret":
        return secret_words()["ja" if value else "nej"]
    return short_date(value) if isinstance(value, date) else str(value)
