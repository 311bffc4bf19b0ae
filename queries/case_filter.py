"""What the case list is narrowed to, as one frozen value, and the same as SQL conditions."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, timedelta

from sqlalchemy import ColumnElement, select

from domain.clock import local_today
from domain.layout import CaseTypeLayout
from domain.permissions import Actor
from models import Case, CaseChoice
from queries.case_search import found_by
from queries.configuration import configuration
from queries.due import is_open, owes_answer_in

NOBODY = -1
"""Instead of an id: cases that have no unit, or nobody responsible."""

DEADLINES = ("overdue", "3", "7")

_COLUMNS = {
    "status": Case.status_id,
    "workflow": Case.workflow_id,
    "channel": Case.channel_id,
    "publication": Case.publication_id,
}
"""Fields with one choice; the others of CHOICE_FIELDS have rows in case_choices."""

CHOICE_FIELDS = (*_COLUMNS, "types", "categories")

DAYS = {
    "received": Case.received_on,
    "registered": Case.registered_on,
    "closed": Case.closed_on,
}
"""Days of a case that a list can be narrowed to; each has a part `_from` and one `_to`."""


@dataclass(frozen=True)
class CaseFilter:
    """Empty values ask for nothing. `deadline` is one of DEADLINES, `secret` None for both."""

    text: str = ""
    status: tuple[int, ...] = ()
    workflow: tuple[int, ...] = ()
    channel: tuple[int, ...] = ()
    publication: tuple[int, ...] = ()
    types: tuple[int, ...] = ()
    categories: tuple[int, ...] = ()
    unit: int = 0
    responsible: int = 0
    received_from: date | None = None
    received_to: date | None = None
    registered_from: date | None = None
    registered_to: date | None = None
    closed_from: date | None = None
    closed_to: date | None = None
    deadline: str = ""
    secret: bool | None = None

    @property
    def is_empty(self) -> bool:
        return self == CaseFilter()

    @property
    def only_text(self) -> bool:
        """Whether nothing but the search box is in use."""
        return all(getattr(self, f.name) == f.default for f in fields(self) if f.name != "text")


def conditions(
    asked: CaseFilter, layout: CaseTypeLayout, actor: Actor
) -> list[ColumnElement[bool]]:
    """What the filter adds to visible_cases()."""
    where = [_chosen(key, getattr(asked, key)) for key in CHOICE_FIELDS if getattr(asked, key)]
    if asked.unit:
        where.append(_in_unit(asked.unit))
    if asked.responsible == NOBODY:
        where.append(Case.responsible_id.is_(None))
    elif asked.responsible:
        where.append(Case.responsible_id == asked.responsible)
    where += _between(asked)
    if asked.deadline:
        where += [is_open(), owes_answer_in(layout), _due(asked.deadline)]
    if asked.secret is not None:
        where.append(Case.is_secret.is_(asked.secret))
    found = found_by(asked.text, actor)
    return where if found is None else [*where, found]


def _chosen(key: str, ids: tuple[int, ...]) -> ColumnElement[bool]:
    if key in _COLUMNS:
        return _COLUMNS[key].in_(ids)
    rows = select(CaseChoice.case_id).where(
        CaseChoice.field_key == key, CaseChoice.choice_id.in_(ids)
    )
    return Case.id.in_(rows)


def _between(asked: CaseFilter) -> list[ColumnElement[bool]]:
    where = []
    for name, day in DAYS.items():
        first, last = getattr(asked, f"{name}_from"), getattr(asked, f"{name}_to")
        where += [day >= first] if first else []
        where += [day <= last] if last else []
    return where


def _in_unit(unit_id: int) -> ColumnElement[bool]:
    """The unit and all below it."""
    if unit_id == NOBODY:
        return Case.unit_id.is_(None)
    unit = configuration().units_by_id[unit_id]
    return Case.unit_id.in_([u.id for u in configuration().subtree(unit.path)])


def _due(deadline: str) -> ColumnElement[bool]:
    today = local_today()
    if deadline == "overdue":
        return Case.answer_by < today
    return Case.answer_by.between(today, today + timedelta(days=int(deadline)))
