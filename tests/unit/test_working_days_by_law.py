"""Working days against an own coding of the law, for every day from 2016 to 2040 (G33).

Lag (1989:253) om allmänna helgdagar lists the holidays; lag (1930:173) 2 § adds Saturdays and the
three eves. Nothing here uses the package that the product uses.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain.working_days import WorkingCalendar

DAY = timedelta(days=1)


def easter_sunday(year: int) -> date:
    """Gauss's rule in Lichtenberg's form, good for every Gregorian year."""
    century = year // 100
    moon_shift = 15 + (3 * century + 3) // 4 - (8 * century + 13) // 25
    sun_shift = 2 - (3 * century + 3) // 4
    moon = year % 19
    seed = (19 * moon + moon_shift) % 30
    correction = (seed + moon // 11) // 29
    limit = 21 + seed - correction
    first_sunday = 7 - (year + year // 4 + sun_shift) % 7
    distance = 7 - (limit - first_sunday) % 7
    return date(year, 3, 1) + (limit + distance - 1) * DAY


def saturday_in(first: date) -> date:
    """The Saturday in the week that begins with `first`."""
    return first + ((5 - first.weekday()) % 7) * DAY


def days_off(year: int) -> set[date]:
    """Every day of `year` that is an allmän helgdag or one of the three eves, Sundays aside."""
    easter = easter_sunday(year)
    midsummer = saturday_in(date(year, 6, 20))
    fixed = [(1, 1), (1, 6), (5, 1), (6, 6), (12, 24), (12, 25), (12, 26), (12, 31)]
    return {
        *(date(year, month, day) for month, day in fixed),
        easter - 2 * DAY,
        easter + DAY,
        easter + 39 * DAY,
        midsummer - DAY,
        midsummer,
        saturday_in(date(year, 10, 31)),
    }


OFF = {day for year in range(2016, 2042) for day in days_off(year)}


def last_day(came_in: date, number: int) -> date:
    """Day `number` of a limit: step forward, count only Mondays to Fridays that are not off."""
    day = came_in
    while number:
        day += DAY
        if day.weekday() < 5 and day not in OFF:
            number -= 1
    return day


@pytest.mark.parametrize(
    ("year", "easter"), [(2016, (3, 27)), (2026, (4, 5)), (2027, (3, 28)), (2038, (4, 25))]
)
def test_the_oracle_knows_easter(year: int, easter: tuple[int, int]) -> None:
    assert easter_sunday(year) == date(year, *easter)


@pytest.mark.row("H03")
@pytest.mark.parametrize("number", [2, 10])
def test_every_day_until_2040_has_the_last_day_of_the_law(number: int) -> None:
    calendar = WorkingCalendar()
    days = [date(2016, 1, 1) + n * DAY for n in range((date(2041, 1, 1) - date(2016, 1, 1)).days)]

    wrong = [d for d in days if calendar.add(d, number) != last_day(d, number)]

    assert len(days) == 9132
    assert wrong == []
