"""The numbers of the days, from which the database counts working days (migration 0004)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import select

from domain.clock import local_today
from domain.working_days import ONE_DAY, WorkingCalendar
from extensions import db
from models import ClosedDay, DayNumber
from services.upserts import upsert_into

FIRST = date(2000, 1, 1)
ALWAYS = 2049
"""The year to which migration 0004 numbers the days."""
AHEAD = 5
"""Years that are numbered beforehand: more than any limit or any mistyped answer needs."""


def last_day() -> date:
    """The last day that has a number."""
    return date(max(ALWAYS, local_today().year + AHEAD), 12, 31)


def numbered_days(after: DayNumber | None = None) -> Iterator[dict[str, Any]]:
    """Every day to the last one, whether the law has it as a working day, and the number of those
    that the municipality works on so far. `after`: only those after this one.
    """
    law = WorkingCalendar()
    own = WorkingCalendar(frozenset(db.session.scalars(select(ClosedDay.day))))
    day, number, last = FIRST, 0, last_day()
    if after is not None:
        day, number = after.day + ONE_DAY, after.number
    while day <= last:
        number += own.is_working_day(day)
        yield {"day": day, "works": law.is_working_day(day), "number": number}
        day += ONE_DAY


def extend_days() -> None:
    """Number the days of the years to come. The worker asks daily: there is nothing to do until
    2045. Commits nothing.
    """
    newest = db.session.scalar(select(DayNumber).order_by(DayNumber.day.desc()).limit(1))
    if newest is None or newest.day >= last_day():
        return
    days = list(numbered_days(newest))
    db.session.execute(upsert_into(DayNumber).on_conflict_do_nothing(), days)
