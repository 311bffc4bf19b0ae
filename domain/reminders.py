"""When the staff are reminded of a case's last day: before it, on it, after it, and then on and on.

Pure rules. services/reminders.py asks them, and sees to it that each occasion comes once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.clock import local_datetime
from domain.working_days import WorkingCalendar

DAY_BEGINS, DAY_ENDS = 7, 18
"""Hours on the clock on the wall between which anybody is reminded."""
LONGEST_NOTICE = 30
LONGEST_STEP = 60


@dataclass(frozen=True)
class Rhythm:
    """The days of one case type: how long before the last day, and how often after it."""

    before: int = 3
    every: int = 5


@dataclass(frozen=True)
class Occasion:
    """One time to remind. `offset` counts working days from the last day, which is 0."""

    answer_by: date
    offset: int

    @property
    def key(self) -> str:
        """Its name in the database. A last day that moves makes occasions of other names."""
        return f"{self.answer_by.isoformat()}{self.offset:+d}"

    @property
    def tells_superior(self) -> bool:
        """From the day after the last day the level above is told too."""
        return self.offset > 0


def is_time_to_remind(moment: datetime, calendar: WorkingCalendar) -> bool:
    """Whether it is day, on a working day, where the people are."""
    local = local_datetime(moment)
    return DAY_BEGINS <= local.hour < DAY_ENDS and calendar.is_working_day(local.date())


def due_occasion(
    answer_by: date, today: date, calendar: WorkingCalendar, rhythm: Rhythm
) -> Occasion | None:
    """The latest occasion that has come, None when it is too early.

    Only the latest: after some days of silence people get one reminder, not one for each day.
    """
    over = calendar.between(answer_by, today)
    if over:
        return Occasion(answer_by, over - (over - 1) % rhythm.every)
    left = calendar.between(today, answer_by)
    if left == 0:
        return Occasion(answer_by, 0)
    return Occasion(answer_by, -rhythm.before) if left <= rhythm.before else None


def last_day_in_view(today: date, calendar: WorkingCalendar, rhythm: Rhythm) -> date:
    """Cases with a later last day than this one need no look today."""
    day = calendar.add(today, max(rhythm.before, 0))
    return calendar.add(day, 1)
