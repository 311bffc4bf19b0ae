"""When a reminder is due: every day of whole years, with the holidays of the law."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.reminders import Rhythm, due_occasion, is_time_to_remind, last_day_in_view
from domain.working_days import WorkingCalendar

CALENDAR = WorkingCalendar()
ONE = timedelta(days=1)
RHYTHMS = [Rhythm(), Rhythm(before=0, every=1), Rhythm(before=10, every=7)]


def days(first, last):
    return [first + n * ONE for n in range((last - first).days + 1)]


def offset(answer_by, today, rhythm=None, calendar=CALENDAR):
    found = due_occasion(answer_by, today, calendar, rhythm or Rhythm())
    return found and found.offset


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 6, 29), None),  # four working days before
        (date(2026, 6, 30), -3),
        (date(2026, 7, 2), -3),
        (date(2026, 7, 3), 0),
        (date(2026, 7, 4), 0),  # a Saturday: nobody is reminded, and it is not late by law
        (date(2026, 7, 6), 1),
        (date(2026, 7, 10), 1),
        (date(2026, 7, 13), 6),
        (date(2026, 7, 17), 6),
        (date(2026, 7, 20), 11),
    ],
)
def test_a_case_of_midsummer_is_reminded_of_as_the_calendar_says(today, expected):
    assert offset(date(2026, 7, 3), today) == expected


@pytest.mark.parametrize("rhythm", RHYTHMS)
def test_on_the_working_days_of_two_years_each_occasion_begins_on_its_own_day(rhythm):
    working = [d for d in days(date(2026, 1, 1), date(2027, 12, 31)) if CALENDAR.is_working_day(d)]
    for place, answer_by in enumerate(working[:-60:7]):
        place = place * 7
        wanted = {-rhythm.before, 0, *range(1, 60, rhythm.every)}
        began = {}
        for n in range(max(place - 20, 0), place + 55):
            began.setdefault(offset(answer_by, working[n], rhythm), n - place)
        began.pop(None, None)
        first = -min(place, 20)
        expected = {o: o for o in wanted if first <= o < 55}
        if place >= 20:
            assert began == expected, answer_by


def test_the_days_around_christmas_do_not_count():
    last = date(2027, 1, 13)
    assert offset(last, date(2027, 1, 7)) is None
    assert offset(last, date(2027, 1, 8)) == -3
    assert offset(date(2026, 12, 23), date(2026, 12, 27)) == 0
    assert offset(date(2026, 12, 23), date(2026, 12, 28)) == 1


def test_own_days_off_do_not_count():
    calendar = WorkingCalendar(frozenset({date(2026, 7, 2)}))
    assert offset(date(2026, 7, 3), date(2026, 6, 29), calendar=calendar) == -3


def test_a_last_day_that_became_a_day_off_is_reminded_of_on_the_day_before():
    calendar = WorkingCalendar(frozenset({date(2026, 7, 3)}))
    assert offset(date(2026, 7, 3), date(2026, 7, 2), calendar=calendar) == 0


def test_a_moved_last_day_has_occasions_of_its_own():
    today = date(2026, 7, 6)
    keys = {due_occasion(d, today, CALENDAR, Rhythm()).key for d in days(today - 3 * ONE, today)}
    assert "2026-07-03+1" in keys
    assert "2026-07-06+0" in keys
    assert len(keys) == 4


@pytest.mark.parametrize("rhythm", RHYTHMS)
def test_no_case_with_something_due_is_out_of_view(rhythm):
    for today in days(date(2026, 1, 1), date(2026, 12, 31)):
        view = last_day_in_view(today, CALENDAR, rhythm)
        for answer_by in days(view + ONE, view + 10 * ONE):
            assert due_occasion(answer_by, today, CALENDAR, rhythm) is None


@pytest.mark.parametrize(
    ("hour", "minute", "expected"),
    [(4, 59, False), (5, 0, True), (15, 59, True), (16, 0, False), (23, 0, False)],
)
def test_reminders_come_by_day_on_the_clock_on_the_wall(hour, minute, expected):
    moment = datetime(2026, 7, 1, hour, minute, tzinfo=UTC)  # summer: two hours ahead
    assert is_time_to_remind(moment, CALENDAR) is expected


def test_nobody_is_reminded_on_a_day_off():
    noon = {"hour": 11, "tzinfo": UTC}
    assert not is_time_to_remind(datetime(2026, 7, 4, **noon), CALENDAR)
    assert not is_time_to_remind(datetime(2026, 6, 19, **noon), CALENDAR)
    closed = WorkingCalendar(frozenset({date(2026, 7, 1)}))
    assert not is_time_to_remind(datetime(2026, 7, 1, **noon), closed)
