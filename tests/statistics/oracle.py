"""The definitions of domain notes §4.2 once more: slow, plain Python over rows of cases.

Shares no code with queries/statistics. `Oracle(question, actor).cases` are what a report counts.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import select

from domain.permissions import Actor
from domain.statistics.question import Question
from domain.working_days import WorkingCalendar
from extensions import db
from models import Case, Choice, ClosedDay, Event, Unit
from tests.statistics.world import TODAY

SWEDEN = ZoneInfo("Europe/Stockholm")
BRANCH = ("reader", "responsible", "overarching")
"""Roles that count a part of the organisation; the registrar counts all, others nothing."""


@dataclass
class Seen:
    """A case as the oracle looks at it."""

    row: Case
    path: str
    ticks: dict[str, set[int]]
    receivers: set[str]
    calendar: WorkingCalendar
    meanings: dict[int, str] = field(repr=False)

    def meaning(self, choice_id: int | None) -> str:
        return self.meanings.get(choice_id or 0, "")

    @property
    def wants(self) -> bool:
        way, status = self.meaning(self.row.contact_way_id), self.meaning(self.row.status_id)
        return way not in ("contact:none", "contact:already-answered") and (
            status != "status:no-answer"
        )

    @property
    def is_fault(self) -> bool:
        return self.meaning(self.row.workflow_id) == "workflow:fault-report"

    @property
    def days(self) -> int | None:
        """Svarstid of a case that wanted an answer and got one."""
        if not self.wants or self.row.answered_on is None:
            return None
        return self.calendar.between(self.row.received_on, self.row.answered_on)

    def went(self, done: date | None, limit: date) -> str:
        if not self.wants:
            return "no-answer"
        if done is not None:
            return "in-time" if done <= limit else "late"
        return "overdue" if limit < TODAY else "running"

    @property
    def answered(self) -> str:
        return self.went(self.row.answered_on, self.row.answer_by)

    @property
    def confirmed(self) -> str:
        return self.went(self.row.acknowledged_on, self.row.acknowledge_by)

    def day(self, basis: str) -> date | None:
        if basis == "received":
            return self.row.received_on
        at = self.row.registered_at if basis == "registered" else self.row.closed_at
        return at.astimezone(SWEDEN).date() if at else None


class Oracle:
    """The cases of a question, for a reader."""

    def __init__(self, question: Question, actor: Actor) -> None:
        self.question, self.actor = question, actor
        self.units = {u.id: u for u in db.session.scalars(select(Unit))}
        self.meanings = {c.id: c.meaning for c in db.session.scalars(select(Choice))}
        self.calendar = WorkingCalendar(frozenset(db.session.scalars(select(ClosedDay.day))))
        self.all = [self._look(case) for case in db.session.scalars(select(Case))]
        self.cases = [c for c in self.all if self._counts(c) and not c.row.refused_for]
        self.refused = [c for c in self.all if self._counts(c) and c.row.refused_for]

    def asked(self, question: Question) -> Oracle:
        return Oracle(question, self.actor)

    def year_before(self) -> Oracle:
        first, last = (_year_before(d) for d in (self.question.period.first,
                                                 self.question.period.last))  # fmt: skip
        return self.asked(
            replace(self.question, period=replace(self.question.period, first=first, last=last))
        )

    def _look(self, case: Case) -> Seen:
        ticks: dict[str, set[int]] = {}
        for tick in case.choices:
            ticks.setdefault(tick.field_key, set()).add(tick.choice_id)
        sent = select(Event.recipient).where(Event.case_id == case.id, Event.purpose == "external")
        path = self.units[case.unit_id].path if case.unit_id else ""
        receivers = set(db.session.scalars(sent))
        return Seen(case, path, ticks, receivers, self.calendar, self.meanings)

    def _counts(self, seen: Seen) -> bool:
        case, asked = seen.row, self.question
        day = seen.day(asked.basis)
        asked_path = self.units[asked.unit_id].path if asked.unit_id else ""
        return (
            case.case_type_id == asked.case_type_id
            and day is not None
            and asked.period.first <= day <= asked.period.last
            and not case.transferred_to
            and (asked.with_fault_reports or not seen.is_fault)
            and (not asked.unit_id or seen.path.startswith(asked_path))
            and (not asked.type_ids or bool(seen.ticks.get("types", set()) & {*asked.type_ids}))
            and any(self._reaches(a, seen) for a in self.actor.assignments)
        )

    def _reaches(self, held: object, seen: Seen) -> bool:
        role, path = str(held.role), held.unit_path
        if held.case_type_id not in (None, seen.row.case_type_id):
            return False
        if role not in (*BRANCH, "registrar"):
            return False
        if role in BRANCH and not (seen.path and seen.path.startswith(path)):
            return False
        if not seen.row.is_secret:
            return True
        if not self.question.with_secret or role == "reader":
            return False
        helpers = {p.user_id for p in seen.row.participants if p.capacity == "assistant"}
        mine = seen.row.responsible_id in self.actor.ids or helpers & self.actor.ids
        return held.sees_secret or bool(mine)


def _year_before(day: date) -> date:
    if (day.month, day.day) == (2, 29):
        return date(day.year - 1, 2, 28)
    return date(day.year - 1, day.month, day.day)


def count(cases: Iterable[Seen], test: Callable[[Seen], object]) -> int:
    return sum(bool(test(case)) for case in cases)


def quotient(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def change(now: float | None, before: float | None) -> float | None:
    return None if now is None or not before else now / before - 1


def in_time(words: Iterable[str]) -> float | None:
    """In time ÷ (answered + overdue)."""
    found = list(words)
    return quotient(
        found.count("in-time"), sum(found.count(w) for w in ("in-time", "late", "overdue"))
    )


def times(cases: Iterable[Seen]) -> list[int]:
    return sorted(days for c in cases if (days := c.days) is not None)


def median(days: list[int]) -> float | None:
    return statistics.median(days) if len(days) >= 5 else None


def mean(days: list[int]) -> float | None:
    return statistics.mean(days) if len(days) >= 5 else None


def p90(days: list[int]) -> int | None:
    """The nearest rank."""
    return days[math.ceil(0.9 * len(days)) - 1] if len(days) >= 5 else None
