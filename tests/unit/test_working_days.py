"""Working days against the golden dates of the domain notes §2.4 and the two manuals' cases."""

from __future__ import annotations

from datetime import date

import pytest

from domain.working_days import WorkingCalendar

GOLDEN = """
2026-01-02 2026-01-07 2026-01-19
2026-04-02 2026-04-08 2026-04-20
2026-04-30 2026-05-05 2026-05-18
2026-06-18 2026-06-23 2026-07-03
2026-06-20 2026-06-23 2026-07-03
2026-10-23 2026-10-27 2026-11-06
2026-12-23 2026-12-29 2027-01-13
2027-01-05 2027-01-08 2027-01-20
2027-03-24 2027-03-30 2027-04-09
2027-05-05 2027-05-10 2027-05-20
2027-06-24 2027-06-29 2027-07-09
2027-12-23 2027-12-28 2028-01-11
2026-12-31 2027-01-05 2027-01-18
2027-07-01 2027-07-05 2027-07-15
2016-05-04 2016-05-09 2016-05-19
2016-05-13 2016-05-17 2016-05-27
2021-04-20 2021-04-22 2021-05-04
"""
"""Came in, last of 2 working days, last of 10."""


@pytest.mark.row("H03")
@pytest.mark.parametrize("line", GOLDEN.split("\n")[1:-1])
def test_the_last_days_of_both_limits(line: str) -> None:
    came_in, second, tenth = (date.fromisoformat(day) for day in line.split())

    calendar = WorkingCalendar()

    assert (calendar.add(came_in, 2), calendar.add(came_in, 10)) == (second, tenth)


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("2026-06-18", "2026-07-03", 10),
        ("2026-06-18", "2026-07-06", 11),
        ("2021-04-20", "2021-05-07", 13),
        ("2026-11-20", "2026-11-20", 0),
        ("2026-11-20", "2026-11-22", 0),
        ("2026-11-20", "2026-11-19", 0),
        ("2025-12-31", "2026-12-31", 251),
        ("2026-12-31", "2027-12-31", 253),
    ],
)
def test_the_time_of_answer_counts_the_working_days_after_arrival(
    first: str, last: str, days: int
) -> None:
    calendar = WorkingCalendar()

    assert calendar.between(date.fromisoformat(first), date.fromisoformat(last)) == days


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-04-02", True),  # skärtorsdag
        ("2026-04-30", True),  # valborgsmässoafton
        ("2026-01-05", True),  # trettondagsafton
        ("2026-10-30", True),  # allhelgonaafton
        ("2026-05-15", True),  # the day after Kristi himmelsfärdsdag
        ("2026-12-23", True),
        ("2026-12-30", True),
        ("2026-06-19", False),  # midsommarafton
        ("2026-12-24", False),
        ("2026-12-31", False),
        ("2026-04-03", False),  # långfredagen
        ("2025-06-06", False),  # nationaldagen
        ("2026-11-21", False),  # a Saturday
        ("2026-11-22", False),
    ],
)
def test_eves_and_squeezed_in_days(day: str, works: bool) -> None:
    assert WorkingCalendar().is_working_day(date.fromisoformat(day)) is works


def test_the_municipalitys_own_days_off_do_not_count() -> None:
    own = WorkingCalendar(frozenset({date(2026, 5, 15)}))

    assert not own.is_working_day(date(2026, 5, 15))
    assert own.add(date(2026, 5, 13), 1) == date(2026, 5, 18)
    assert own.between(date(2026, 5, 13), date(2026, 5, 18)) == 1


@pytest.mark.parametrize(
    ("found", "came_in"),
    [
        ("2026-11-23", "2026-11-20"),  # Monday's first post: Friday
        ("2026-11-25", "2026-11-24"),
        ("2026-04-07", "2026-04-02"),  # after Easter: Maundy Thursday
        ("2027-01-04", "2026-12-30"),
    ],
)
def test_a_letter_in_the_first_post_came_in_on_the_working_day_before(
    found: str, came_in: str
) -> None:
    day = WorkingCalendar().previous_working_day(date.fromisoformat(found))

    assert day == date.fromisoformat(came_in)
