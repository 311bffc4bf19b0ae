"""The case list as CSV or XLSX: which columns a person gets, and how they are filled."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any

from domain.layout import CaseTypeLayout
from domain.permissions import Actor, Permission, can
from domain.richtext import html_to_text
from domain.text import _
from gateways.spreadsheets import Sheet, Value, csv_pieces, write_xlsx
from queries.case_export import CONTACT, Found, exported, names_of_people
from queries.case_list import ListQuery
from queries.configuration import configuration

Progress = Callable[[int], None]
SINGLE = (
    "status", "workflow", "channel", "contact_way", "submitter_kind", "origin", "result",
    "publication",
)  # fmt: skip
MANY = ("types", "categories", "keywords", "measures", "work_orders")
DAYS = {
    "received_on": _("Inkom"),
    "registered_on": _("Registrerat"),
    "acknowledge_by": _("Bekräfta senast"),
    "acknowledged_on": _("Bekräftades"),
    "answer_by": _("Svara senast"),
    "answered_on": _("Besvarades"),
    "closed_on": _("Avslutat"),
}
CONTACT_WORDS = {
    "name": _("Namn"), "address": _("Adress"), "postal": _("Postnummer/ort"),
    "phone": _("Telefon"), "email": _("E-post"),
}  # fmt: skip


@dataclass(frozen=True)
class Column:
    """A column of the file. `of` finds its value in a case."""

    label: str
    of: Callable[[Found], Value]
    width: int = 16


def may_take_texts(actor: Actor) -> bool:
    """Whether texts and contact data go along at all. Not for those who only read."""
    return can(actor, Permission.CASE_VIEW_SUBMITTER) and can(actor, Permission.CASE_SEARCH)


def columns_for(layout: CaseTypeLayout, actor: Actor) -> list[Column]:
    """The columns of the file: what the case type has, as far as this person may read it."""
    people, units = names_of_people(), configuration().units_by_id
    columns = [
        Column(_("Ärende-ID"), lambda found: found[0].id, 10),
        Column(_label(layout, "title", _("Rubrik")), lambda found: found[0].title, 44),
        *(Column(word, _attribute(name), 12) for name, word in DAYS.items()),
        Column(_label(layout, "unit", _("Enhet")), lambda f: _name(units.get(f[0].unit_id)), 28),
        Column(
            _label(layout, "responsible", _("Ansvarig")),
            lambda found: people.get(found[0].responsible_id),
            24,
        ),
        Column(_label(layout, "assistants", _("Biträdande")), lambda f: ", ".join(f[2]), 24),
        *(Column(_label(layout, k, k), _single(k, layout), 24) for k in SINGLE if _has(layout, k)),
        *(Column(_label(layout, k, k), _many(k, layout), 28) for k in MANY if _has(layout, k)),
        Column(_("Sekretess"), lambda found: _("Ja") if found[0].is_secret else _("Nej"), 10),
    ]
    return columns + _guarded(layout) if may_take_texts(actor) else columns


def _guarded(layout: CaseTypeLayout) -> list[Column]:
    """Texts and contact data: empty on cases whose submitter this person may not know."""
    text, answer = _label(layout, "text", _("Text")), _label(layout, "answer", _("Svar"))
    return [
        Column(text, lambda found: found[0].text if found[0].may_know else None, 60),
        Column(answer, lambda f: html_to_text(f[0].answer) if f[0].may_know else None, 60),
        *(Column(CONTACT_WORDS[name], _contact(name), 24) for name in CONTACT),
    ]


def write_cases(
    file: IO[bytes],
    kind: str,
    query: ListQuery,
    layout: CaseTypeLayout,
    actor: Actor,
    progress: Progress | None = None,
) -> int:
    """Write the list into `file`, a helping at a time; returns the number of rows."""
    columns = columns_for(layout, actor)
    counted = _Counted(query, actor, columns, progress)
    heads = [column.label for column in columns]
    if kind == "csv":
        for piece in csv_pieces(heads, counted):
            file.write(piece)
    else:
        widths = [column.width for column in columns]
        about = Sheet(_("Definitioner"), [layout.name, ""], _about(columns), widths=[28, 90])
        write_xlsx(file, [Sheet(layout.name, heads, counted, widths=widths), about])
    return counted.count


class _Counted:
    """The rows of the file. Tells how many there are after every helping."""

    def __init__(
        self, query: ListQuery, actor: Actor, columns: list[Column], progress: Progress | None
    ) -> None:
        self.count = 0
        self._columns, self._progress = columns, progress
        self._helpings = exported(query, actor, with_texts=may_take_texts(actor))

    def __iter__(self) -> Iterator[Sequence[Value]]:
        for helping in self._helpings:
            for found in helping:
                yield [column.of(found) or None for column in self._columns]
            self.count += len(helping)
            if self._progress:
                self._progress(self.count)


def _about(columns: Sequence[Column]) -> list[list[Value]]:
    return [
        [_("Kolumner"), ", ".join(column.label for column in columns)],
        [_("Urval"), _("De ärenden i listan som du fick se när filen gjordes.")],
        [_("Dagar"), _("Lokala dagar. Tomt: det har inte hänt.")],
        [
            _("Apostrof"),
            _("Text som börjar med tecken som =, + eller - har fått en apostrof först, så att "
              "kalkylprogrammet inte räknar på den."),
        ],
    ]  # fmt: skip


def _label(layout: CaseTypeLayout, key: str, usual: str) -> str:
    return layout.fields[key].label if key in layout.fields else usual


def _has(layout: CaseTypeLayout, key: str) -> bool:
    return key in layout.fields or key == "status"


def _name(unit: Any) -> str | None:
    return unit.name if unit else None


def _attribute(name: str) -> Callable[[Found], Value]:
    return lambda found: getattr(found[0], name)


def _contact(name: str) -> Callable[[Found], Value]:
    return lambda found: getattr(found[0], name) if found[0].may_know else None


def _single(key: str, layout: CaseTypeLayout) -> Callable[[Found], Value]:
    return lambda found: layout.label_of(getattr(found[0], f"{key}_id"))


def _many(key: str, layout: CaseTypeLayout) -> Callable[[Found], Value]:
    return lambda found: ", ".join(layout.label_of(c) for c in found[1].get(key, ()))
