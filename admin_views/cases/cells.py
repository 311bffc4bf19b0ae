"""The cells of the case list: a row and a column key become a text, or a tuple for the template."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import gettext as _

from domain.clock import local_date, local_today
from domain.dates import short_date
from domain.layout import CaseTypeLayout
from domain.meanings import Meaning
from domain.workflow import owes_answer
from queries.case_list import CaseRow
from queries.configuration import configuration


@dataclass(frozen=True)
class Cell:
    """What one cell shows. `tone` colours a status; `marks` are (icon, words) beside the text."""

    text: str
    tone: str = ""
    marks: tuple[tuple[str, str], ...] = ()


def cell(row: CaseRow, key: str, layout: CaseTypeLayout) -> Cell:
    """The cell of column `key`. An unknown column is empty."""
    maker = _CELLS.get(key)
    return maker(row, layout) if maker else Cell("")


def _number(row: CaseRow, layout: CaseTypeLayout) -> Cell:
    marks = []
    if row.has_new_reply:
        marks.append(("chat-left-text", _("Nytt svar")))
    if row.has_failed_mail:
        marks.append(("envelope-exclamation", _("E-post kom inte fram")))
    if row.locked_by:
        marks.append(("lock", row.locked_by))
    if row.is_secret:
        marks.append(("shield-lock", _("Sekretess")))
    if row.transferred_to:
        marks.append(("arrow-right", _("Överfört till %(process)s", process=row.transferred_to)))
    return Cell(str(row.id), marks=tuple(marks))


def _received(row: CaseRow, layout: CaseTypeLayout) -> Cell:
    mark = due_mark(row, layout)
    return Cell(row.received_on.isoformat(), marks=(mark,) if mark else ())


def due_mark(row: CaseRow, layout: CaseTypeLayout) -> tuple[str, str] | None:
    """What is due or overdue, wherever a case is listed (manual H03)."""
    owed = owes_answer(layout, row.contact_way_id, row.status_id)
    if row.closed_at or row.answered_on or not owed:
        return None
    days = (row.answer_by - local_today()).days
    if days < 0:
        return ("clock-history", _("Försenad sedan %(day)s", day=row.answer_by.isoformat()))
    if days <= 3:
        return ("clock", _("Svara senast %(day)s", day=row.answer_by.isoformat()))
    return None


def _unit(row: CaseRow, layout: CaseTypeLayout) -> Cell:
    node = configuration().units_by_id.get(row.unit_id or 0)
    return Cell(node.name if node else _("Ej fördelat"))


STATUS_TONES: dict[str, str] = {
    Meaning.STATUS_NEW: "info",
    Meaning.STATUS_ACKNOWLEDGED: "warning",
    Meaning.STATUS_ANSWERED: "success",
}


def _status(row: CaseRow, layout: CaseTypeLayout) -> Cell:
    choice = layout.choice(row.status_id)
    if choice is None:
        return Cell("")
    return Cell(choice.label, tone=STATUS_TONES.get(choice.meaning, "neutral"))


def _choices(key: str) -> Callable[[CaseRow, CaseTypeLayout], Cell]:
    def labels(row: CaseRow, layout: CaseTypeLayout) -> Cell:
        return Cell(", ".join(layout.label_of(i) for i in row.choices.get(key, [])))

    return labels


def _assistants(row: CaseRow, layout: CaseTypeLayout) -> Cell:
    return Cell(", ".join(name for name, _ready in row.assistants))


def _ready(row: CaseRow, layout: CaseTypeLayout) -> Cell:
    """Klarmarkering: "Ja", or how many of the assistants are ready."""
    if not row.assistants:
        return Cell(_("Ja") if row.ready_at else "")
    done = sum(1 for _name, ready in row.assistants if ready)
    if done == len(row.assistants):
        return Cell(_("Ja"))
    return Cell(_("%(done)s av %(all)s", done=done, all=len(row.assistants)) if done else _("Nej"))


_CELLS: dict[str, Callable[[CaseRow, CaseTypeLayout], Cell]] = {
    "id": _number,
    "title": lambda row, layout: Cell(row.title),
    "received_on": _received,
    "registered": lambda row, layout: Cell(local_date(row.registered_at).isoformat()),
    "answer_by": lambda row, layout: Cell(row.answer_by.isoformat()),
    "answered_on": lambda row, layout: Cell(short_date(row.answered_on)),
    "unit": _unit,
    "responsible": lambda row, layout: Cell(row.responsible),
    "assistants": _assistants,
    "ready": _ready,
    "status": _status,
    "workflow": lambda row, layout: Cell(layout.label_of(row.workflow_id)),
    "closed": lambda row, layout: Cell(_("Ja") if row.closed_at else _("Nej")),
    "types": _choices("types"),
    "categories": _choices("categories"),
}

COLUMN_KEYS = tuple(_CELLS)
"""Every column that a list can show."""
