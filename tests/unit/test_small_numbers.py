"""Whatever is printed beside its sum: no small number can be worked out."""

from __future__ import annotations

from itertools import product

import pytest

from domain.statistics.small_numbers import FEW, printed

DRAWS = range(5)
POSSIBLE = {n: frozenset(printed(n, drawn) for drawn in DRAWS) for n in range(40)}
"""Number → what may be printed for it."""


def test_a_small_number_is_never_printed():
    assert all(POSSIBLE[n] == {FEW} for n in range(5))
    assert all(abs(p - n) < 5 for n, ps in POSSIBLE.items() for p in ps if p != FEW)


def test_the_draws_favour_no_side():
    for n in range(10, 15):
        assert sum(printed(n, drawn) for drawn in DRAWS) == 5 * n


@pytest.mark.parametrize("parts", [2, 3])
def test_parts_and_their_sum_leave_every_small_number_open(parts):
    """For all that can be printed: what a reader who knows the rule, but not the draws, infers."""
    meant: dict[tuple[object, ...], list[set[int]]] = {}
    for numbers in product(range(10), repeat=parts):
        asked = (*numbers, sum(numbers))
        for shown in product(*(POSSIBLE[n] for n in asked)):
            if len(set(zip(asked, shown, strict=True))) > len(set(asked)):
                continue  # a number is drawn for once: it is not printed in two ways
            open_ones = meant.setdefault(shown, [set() for _part in numbers])
            for seen, number in zip(open_ones, numbers, strict=True):
                seen.add(number)
    for shown, open_ones in meant.items():
        for seen in open_ones:
            assert len(seen) > 1 or seen.isdisjoint({1, 2, 3, 4}), (shown, seen)
