"""The figures of §4.2 of the domain notes, from counts by number of working days."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

FEWEST = 5
"""Below so many answered cases a median says more about persons than about the work."""

Days = Mapping[int, int]
"""Time of answer in working days → number of cases."""


def share(part: int, whole: int) -> float | None:
    """part ÷ whole, None when there is no whole."""
    return part / whole if whole else None


def change(now: int, before: int) -> float | None:
    """(this − last) ÷ last, None when last is 0."""
    return (now - before) / before if before else None


def mean(days: Days) -> float | None:
    """The mean of at least FEWEST cases."""
    count = sum(days.values())
    if count < FEWEST:
        return None
    return float(Fraction(sum(day * number for day, number in days.items()), count))


def median(days: Days) -> float | None:
    """The median of at least FEWEST cases; of an even number the mean of the two in the middle."""
    count = sum(days.values())
    if count < FEWEST:
        return None
    low, high = _nth(days, (count - 1) // 2), _nth(days, count // 2)
    return (low + high) / 2


def percentile_90(days: Days) -> int | None:
    """The smallest time within which at least nine tenths of at least FEWEST cases lie."""
    count = sum(days.values())
    if count < FEWEST:
        return None
    return _nth(days, -(-count * 9 // 10) - 1)


def longest(days: Days) -> int | None:
    """The longest time."""
    return max((day for day, number in days.items() if number), default=None)


def _nth(days: Days, index: int) -> int:
    """The time at `index` (from 0) of all cases in order."""
    for day in sorted(days):
        index -= days[day]
        if index < 0:
            return day
    raise IndexError("fewer cases than asked for")
