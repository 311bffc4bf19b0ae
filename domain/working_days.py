"""Working days: Monday to Friday, without the holidays of the law, the three eves and own days off.

The law: lag (1989:253) om allmänna helgdagar, and the eves that lag (1930:173) 2 § treats alike
(midsommarafton, julafton, nyårsafton). The package `holidays` is pinned and used for its calendar
only; tests/unit/test_working_days_by_law.py holds it against the law for every day to 2040.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from holidays.constants import DE_FACTO, PUBLIC
from holidays.countries.sweden import Sweden

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class WorkingCalendar:
    """The calendar of one municipality. `closed_days` are its own days off, beside the law's."""

    closed_days: frozenset[date] = field(default_factory=frozenset)

    def is_working_day(self, day: date) -> bool:
        """Whether people work on `day`. Eves of other holidays and squeezed-in days count."""
        if day.weekday() > 4 or day in self.closed_days:
            return False
        return day not in _holidays(day.year)

    def add(self, day: date, number: int) -> date:
        """The last day of a limit of `number` working days that starts when something comes in.

        The day of arrival is not counted. The limit is kept until the end of the day returned.
        """
        while number > 0:
            day += ONE_DAY
            number -= self.is_working_day(day)
        return day

    def between(self, first: date, last: date) -> int:
        """Time of answer (svarstid): working days after `first` up to and with `last`."""
        days = (last - first).days
        return sum(self.is_working_day(first + n * ONE_DAY) for n in range(1, days + 1))

    def previous_working_day(self, day: date) -> date:
        """The nearest working day before `day`: when a letter in today's first post came in.

        Source: förvaltningslagen 22 §.
        """
        day -= ONE_DAY
        while not self.is_working_day(day):
            day -= ONE_DAY
        return day


@lru_cache(maxsize=256)
def _holidays(year: int) -> frozenset[date]:
    """The days off of one year, finished: the growing set of the package is not thread-safe."""
    return frozenset(Sweden(years=year, expand=False, categories=(PUBLIC, DE_FACTO)))
