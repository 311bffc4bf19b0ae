"""One page of the case list: narrow rows, a capped count, and a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import aliased

from domain.permissions import Actor
from extensions import db
from models import Case, CaseChoice, CaseParticipant, Choice, Unit, User
from queries.case_filter import CaseFilter, conditions
from queries.case_list_people import Handler, handlers_and
from queries.case_marks import Flag, favourites_of, flags_of, is_favourite, is_flagged
from queries.cases import visible_cases
from queries.configuration import configuration
from queries.work_locks import holders_of

COUNT_LIMIT = 10_000
"""Counting stops here: a count over everything is what makes lists slow (performance notes)."""

PAGE_SIZE = 50
SHOWS = ("open", "closed", "all")


@dataclass(frozen=True)
class ListQuery:
    """What is asked of the list. `sort` is a key of SORTS; `page` counts from 0.

    `view` is the saved view that it began as; 0 for none, where one is opened by itself.
    """

    case_type_id: int
    show: str = "open"
    mine: bool = False
    favourites: bool = False
    flagged: bool = False
    sort: str = "received_on"
    descending: bool = True
    page: int = 0
    page_size: int = PAGE_SIZE
    filter: CaseFilter = CaseFilter()
    view: int | None = None


@dataclass
class CaseRow:
    """One row, with ids instead of relations; names come from the configuration."""

    id: int
    title: str
    received_on: date
    registered_at: datetime
    acknowledge_by: date
    answer_by: date
    acknowledged_on: date | None
    answered_on: date | None
    closed_at: datetime | None
    unit_id: int | None
    responsible_id: int | None
    status_id: int
    workflow_id: int | None
    contact_way_id: int | None
    ready_at: datetime | None
    is_secret: bool
    has_new_reply: bool
    has_failed_mail: bool
    transferred_to: str = ""
    choices: dict[str, list[int]] = field(default_factory=dict)
    assistants: list[tuple[str, bool]] = field(default_factory=list)
    responsible: str = ""
    locked_by: str = ""
    is_favourite: bool = False
    flag: Flag | None = None


@dataclass(frozen=True)
class CasePage:
    """Rows of one page; `count` stops at COUNT_LIMIT, and then `is_capped` is true.

    `people` are those of the rows and those whom the list can be narrowed to, the `handlers`.
    """

    rows: list[CaseRow]
    count: int
    is_capped: bool
    people: list[Handler]

    @property
    def handlers(self) -> list[Handler]:
        return [person for person in self.people if person.is_handler]


_COLUMNS = [name for name in CaseRow.__dataclass_fields__ if name not in (
    "choices", "assistants", "responsible", "locked_by", "is_favourite", "flag")]  # fmt: skip

_status, _workflow = aliased(Choice), aliased(Choice)

SORTS: dict[str, ColumnElement[Any] | Any] = {
    "id": Case.id,
    "title": Case.title_key,
    "received_on": Case.received_on,
    "registered": Case.id,  # numbers are given in the order of registration
    "unit": Unit.sort_key,
    "responsible": User.sort_key,
    "status": _status.position,
    "workflow": _workflow.position,
    "closed": Case.closed_at,
    "ready": Case.ready_at,
}
"""Column key → what it sorts by. Joined only when asked for."""

_JOINS: dict[str, tuple[Any, Any]] = {
    "unit": (Unit, Unit.id == Case.unit_id),
    "responsible": (User, User.id == Case.responsible_id),
    "status": (_status, _status.id == Case.status_id),
    "workflow": (_workflow, _workflow.id == Case.workflow_id),
}


def case_page(query: ListQuery, actor: Actor) -> CasePage:
    """The asked page of the cases that `actor` may see."""
    where = _where(query, actor)
    count = db.session.scalar(
        select(func.count()).select_from(
            select(Case.id).where(*where).limit(COUNT_LIMIT).subquery()
        )
    )
    rows = [CaseRow(**row._mapping) for row in db.session.execute(_page(query, where))]
    people = handlers_and(query.case_type_id, _named(rows))
    _fill(rows, {person.id: person.name for person in people})
    _mark(rows, actor)
    return CasePage(rows, count or 0, count == COUNT_LIMIT, people)


def _named(rows: list[CaseRow]) -> set[int]:
    """Ids of the people whose names the page shows."""
    return {row.responsible_id for row in rows if row.responsible_id}


def _where(query: ListQuery, actor: Actor) -> list[ColumnElement[bool]]:
    where = [Case.case_type_id == query.case_type_id, visible_cases(actor)]
    if query.show == "open":
        where.append(Case.closed_at.is_(None))  # as the partial indexes have it
    elif query.show == "closed":
        where.append(Case.closed_at.is_not(None))
    if query.favourites:
        where.append(is_favourite(actor))
    if query.flagged:
        where.append(is_flagged())
    if query.mine:
        where.append(Case.responsible_id.in_(actor.ids))
    layout = configuration().case_type(query.case_type_id)
    if layout is not None and not query.filter.is_empty:
        where += conditions(query.filter, layout, actor)
    return where


def _page(query: ListQuery, where: list[ColumnElement[bool]]) -> Select[Any]:
    statement = select(*[getattr(Case, name) for name in _COLUMNS]).where(*where)
    if query.sort in _JOINS:
        target, on = _JOINS[query.sort]
        statement = statement.outerjoin(target, on)
    statement = statement.order_by(*_order(query))
    return statement.limit(query.page_size).offset(query.page * query.page_size)


def _order(query: ListQuery) -> list[Any]:
    """The asked order, then newest first. The same direction throughout, so an index can serve."""
    column = SORTS[query.sort]
    if query.sort in ("id", "registered"):
        return [Case.id.desc() if query.descending else Case.id.asc()]
    if query.sort == "received_on":
        both = [Case.received_on, Case.id]
        return [c.desc() if query.descending else c.asc() for c in both]
    if query.sort == "title":
        both = [Case.title_key, Case.id]
        return [c.desc() if query.descending else c.asc() for c in both]
    first = column.desc().nulls_last() if query.descending else column.asc().nulls_last()
    return [first, Case.received_on.desc(), Case.id.desc()]


def _fill(rows: list[CaseRow], names: dict[int, str]) -> None:
    """Names, ticks and assistants for the rows of one page: three queries in all."""
    ids = [row.id for row in rows]
    choices, assistants, holders = _choices(ids), _assistants(ids), holders_of(ids)
    for row in rows:
        row.responsible = names.get(row.responsible_id or 0, "")
        row.choices = choices.get(row.id, {})
        row.assistants = assistants.get(row.id, [])
        row.locked_by = holders.get(row.id, (0, ""))[1]


def _mark(rows: list[CaseRow], actor: Actor) -> None:
    """The own favourites and everybody's flags: two queries."""
    ids = [row.id for row in rows]
    favourites, flags = favourites_of(ids, actor), flags_of(ids)
    for row in rows:
        row.is_favourite = row.id in favourites
        row.flag = flags.get(row.id)


def _choices(ids: list[int]) -> dict[int, dict[str, list[int]]]:
    found: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    rows = db.session.execute(
        select(CaseChoice.case_id, CaseChoice.field_key, CaseChoice.choice_id)
        .where(CaseChoice.case_id.in_(ids))
        .order_by(CaseChoice.choice_id)
    )
    for case_id, key, choice_id in rows:
        found[case_id][key].append(choice_id)
    return found


def _assistants(ids: list[int]) -> dict[int, list[tuple[str, bool]]]:
    """(name, marked ready) of each assistant by case."""
    found: dict[int, list[tuple[str, bool]]] = defaultdict(list)
    rows = db.session.execute(
        select(CaseParticipant.case_id, User.name, CaseParticipant.ready_at)
        .join(User, User.id == CaseParticipant.user_id)
        .where(CaseParticipant.case_id.in_(ids), CaseParticipant.capacity == "assistant")
        .order_by(CaseParticipant.id)
    )
    for case_id, name, ready_at in rows:
        found[case_id].append((name, ready_at is not None))
    return found
