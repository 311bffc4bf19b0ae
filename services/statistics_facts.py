"""The facts of statistics against the cases: checking them, and writing them anew.

Triggers keep them (migration 0004). This reads the cases again in Python and shares no SQL with
the triggers: for after a mishap, and as the second opinion of `statistics check`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import delete, insert, select

from domain.events import NO_CONTACT
from domain.meanings import Meaning
from extensions import db
from models import Case, CaseChoice, CaseFact, Choice, DayNumber
from services.statistics_days import FIRST, numbered_days

_BATCH = 2_000
Row = dict[str, Any]

SAME = {
    "case_id": Case.id,
    "case_type_id": Case.case_type_id,
    "unit_id": Case.unit_id,
    "responsible_id": Case.responsible_id,
    "received_on": Case.received_on,
    "registered_on": Case.registered_on,
    "closed_on": Case.closed_on,
    "confirm_by": Case.acknowledge_by,
    "confirmed_on": Case.acknowledged_on,
    "answer_by": Case.answer_by,
    "answered_on": Case.answered_on,
    "is_secret": Case.is_secret,
    "status_id": Case.status_id,
    "channel_id": Case.channel_id,
    "contact_way_id": Case.contact_way_id,
    "submitter_kind_id": Case.submitter_kind_id,
    "origin_id": Case.origin_id,
    "result_id": Case.result_id,
    "publication_id": Case.publication_id,
}
"""Facts that are cells of the case."""


@dataclass(frozen=True)
class Difference:
    """A cell that is not what the cases say. `place`: "case_facts 12" or "day_numbers 2026-01-02";
    `column` is "" for a whole row that is missing.
    """

    place: str
    column: str = ""
    stored: Any = None
    right: Any = None


@dataclass(frozen=True)
class _Grounds:
    """What the facts of a case are worked out from, beside its row."""

    meanings: dict[int, str]
    numbers: dict[date, int]

    def days(self, first: date, last: date | None) -> int | None:
        """Working days from arrival; none when it was done before (WorkingCalendar.between)."""
        start, end = self.numbers.get(first), self.numbers.get(last) if last else None
        return None if start is None or end is None else max(0, end - start)


def differences() -> Iterator[Difference]:
    """Every cell of the facts, and of the numbers of the days, that is wrong."""
    grounds = _grounds()
    yield from _wrong_days(grounds.numbers)
    for right, stored in _pairs(grounds):
        place = f"case_facts {right['case_id']}"
        if stored is None:
            yield Difference(place)
            continue
        for column, value in right.items():
            if stored[column] != value:
                yield Difference(place, column, stored[column], value)


def rebuild() -> int:
    """Write all facts and numbers of days anew; the number of cases. Commits nothing."""
    db.session.execute(delete(DayNumber))
    days = list(numbered_days())
    db.session.execute(insert(DayNumber), days)
    grounds = _grounds()
    db.session.execute(delete(CaseFact))
    count = 0
    for rows in _batches():
        kinds = _kinds(rows, grounds)
        db.session.execute(insert(CaseFact), [_right(row, kinds, grounds) for row in rows])
        count += len(rows)
    return count


def _grounds() -> _Grounds:
    meanings = {
        row.id: row.meaning for row in db.session.execute(select(Choice.id, Choice.meaning))
    }
    return _Grounds(meanings, {row["day"]: row["number"] for row in numbered_days()})


def _wrong_days(right: dict[date, int]) -> Iterator[Difference]:
    stored = {
        row.day: row.number for row in db.session.execute(select(DayNumber.day, DayNumber.number))
    }
    for day in sorted({*right, *stored}):
        # the first number may be another one: only the steps between days count
        step = _step(stored, day), _step(right, day)
        if step[0] != step[1]:
            yield Difference(f"day_numbers {day}", "number", *step)


def _step(numbers: dict[date, int], day: date) -> int | None:
    before = numbers.get(day - timedelta(days=1), 0 if day == FIRST else None)
    now = numbers.get(day)
    return None if now is None or before is None else now - before


def _batches() -> Iterator[list[Any]]:
    """The cells of all cases, some at a time."""
    columns = [column.label(name) for name, column in SAME.items()]
    others = (Case.workflow_id, Case.refused_for, Case.transferred_to)
    last = 0
    while True:
        query = select(*columns, *others).where(Case.id > last).order_by(Case.id).limit(_BATCH)
        rows = list(db.session.execute(query))
        if not rows:
            return
        yield rows
        last = rows[-1].case_id


def _pairs(grounds: _Grounds) -> Iterator[tuple[Row, Row | None]]:
    """What the facts of each case should be, and what they are. None: there are none."""
    table = CaseFact.__table__
    for rows in _batches():
        first, last = rows[0].case_id, rows[-1].case_id
        query = select(table).where(table.c.case_id.between(first, last))
        stored = {row.case_id: dict(row._mapping) for row in db.session.execute(query)}
        kinds = _kinds(rows, grounds)
        for row in rows:
            yield _right(row, kinds, grounds), stored.get(row.case_id)


def _kinds(rows: list[Any], grounds: _Grounds) -> set[tuple[int, str]]:
    """(case, meaning) of each type that is ticked."""
    first, last = rows[0].case_id, rows[-1].case_id
    query = select(CaseChoice.case_id, CaseChoice.choice_id).where(
        CaseChoice.field_key == "types", CaseChoice.case_id.between(first, last)
    )
    return {(case, grounds.meanings.get(n, "")) for case, n in db.session.execute(query)}


def _right(row: Any, kinds: set[tuple[int, str]], grounds: _Grounds) -> Row:
    """The facts of one case, worked out from its cells."""
    meanings = grounds.meanings
    no_contact = meanings.get(row.contact_way_id) in NO_CONTACT
    no_answer = meanings.get(row.status_id) == Meaning.STATUS_NO_ANSWER
    return {
        **{name: getattr(row, name) for name in SAME},
        "confirm_days": grounds.days(row.received_on, row.confirmed_on),
        "answer_days": grounds.days(row.received_on, row.answered_on),
        "wants_answer": not (no_contact or no_answer),
        "is_fault_report": meanings.get(row.workflow_id) == Meaning.WORKFLOW_FAULT_REPORT,
        "is_praise": (row.case_id, Meaning.TYPE_PRAISE) in kinds,
        "is_complaint": (row.case_id, Meaning.TYPE_COMPLAINT) in kinds,
        "is_refused": row.refused_for != "",
        "is_transferred": row.transferred_to != "",
    }
