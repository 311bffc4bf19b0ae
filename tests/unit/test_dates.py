"""Dates and numbers in Swedish words."""

from __future__ import annotations

from datetime import UTC, date, datetime

from domain.dates import long_date, number_word, short_date


def test_a_date_in_words_has_no_leading_zero() -> None:
    assert long_date(date(2026, 6, 4)) == "4 juni 2026"


def test_a_time_is_shown_as_its_day_in_sweden() -> None:
    late = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)
    assert long_date(late) == "22 november 2026"
    assert short_date(late) == "2026-11-22"


def test_no_date_is_no_text() -> None:
    assert long_date(None) == short_date(None) == ""


def test_small_numbers_are_words_and_larger_ones_are_not() -> None:
    assert [number_word(n) for n in (2, 10, 12, 13)] == ["två", "tio", "tolv", "13"]
