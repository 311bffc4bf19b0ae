"""Reading *Att göra*: one statement for all counts, one for the rows of each group that has any."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Label, func, select

from domain.clock import local_today
from domain.permissions import Actor
from domain.working_days import WorkingCalendar
from extensions import db
from models import Case, Publication
from queries.configuration import configuration
from queries.people import names_of
from queries.todo_groups import GROUPS, Day, GroupRule

MOST = 1000
"""Counting stops here."""
SOON_DAYS = 3
PUBLISHING = "publicera"


@dataclass
class TodoRow:
    """One case in a group."""

    id: int
    version: int
    case_type_id: int
    title: str
    deadline: date
    unit_id: int | None
    responsible_id: int | None
    is_secret: bool
    has_new_reply: bool
    publication: str | None = None
    unit: str = ""
    responsible: str = ""


@dataclass
class TodoGroup:
    """One group as the page shows it: the rows with the oldest deadline."""

    key: str
    name: str
    count: int
    rows: list[TodoRow] = field(default_factory=list)

    @property
    def count_text(self) -> str:
        return f"{MOST}+" if self.count > MOST else str(self.count)


def todo_groups(actor: Actor, *, limits: dict[str, int], only: str = "") -> list[TodoGroup]:
    """The groups that concern this person, empty ones too.

    `limits` is group → most rows, "" for those it does not name; `only` the one whose rows are
    asked for.
    """
    rules = [r for r in GROUPS if r.concerns(actor) and only in ("", r.key)]
    if not rules:
        return []
    day = _day()
    groups = [
        TodoGroup(r.key, r.name, n) for r, n in zip(rules, _counts(rules, actor, day), strict=True)
    ]
    for rule, group in zip(rules, groups, strict=True):
        if group.count:
            group.rows = _rows(rule, actor, day, limits.get(rule.key, limits[""]))
    _name([row for group in groups for row in group.rows])
    return groups


def _day() -> Day:
    today = local_today()
    return Day(today, WorkingCalendar(configuration().closed_days).add(today, SOON_DAYS))


def _counts(rules: list[GroupRule], actor: Actor, day: Day) -> list[int]:
    numbers = [
        select(func.count())
        .select_from(
            select(Case.id).where(rule.condition(actor, day)).limit(MOST + 1).subquery(rule.key)
        )
        .scalar_subquery()
        .label(rule.key)
        for rule in rules
    ]
    return list(db.session.execute(select(*numbers)).one())


def _rows(rule: GroupRule, actor: Actor, day: Day, limit: int) -> list[TodoRow]:
    by = getattr(Case, rule.by)
    query = (
        select(
            Case.id, Case.version, Case.case_type_id, Case.title, by.label("deadline"),
            Case.unit_id, Case.responsible_id, Case.is_secret, Case.has_new_reply,
            *([_publication()] if rule.key == PUBLISHING else []),
        )
        .where(rule.condition(actor, day))
        .order_by(by, Case.id)
        .limit(limit)
    )  # fmt: skip
    return [TodoRow(**row._mapping) for row in db.session.execute(query)]


def _publication() -> Label[str]:
    """How far the publishing text of a case has come."""
    state = select(Publication.state).where(Publication.case_id == Case.id)
    return state.scalar_subquery().label("publication")


def _name(rows: list[TodoRow]) -> None:
    """Names for every row: one query for people, none for units."""
    names = names_of({row.responsible_id for row in rows if row.responsible_id})
    units = configuration().units_by_id
    for row in rows:
        unit = units.get(row.unit_id or 0)
        row.unit = unit.name if unit else ""
        row.responsible = names.get(row.responsible_id or 0, "")
