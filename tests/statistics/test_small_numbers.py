"""Reports made for publication print no number of 1 to 4 cases (domain notes §4.2)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from domain.clock import as_of
from domain.statistics.small_numbers import FEW, without_small_numbers
from domain.statistics.table import Kind, Report
from extensions import db
from tests.statistics.test_reports import all_reports, ask, few, fill, many, questions
from tests.statistics.world import EVERYBODY, NOON
from tests.support.cases import SODERTALJE

pytestmark = pytest.mark.usefixtures("app", "town")


@settings(few, max_examples=6)
@given(drawn=many, about=questions)
def test_a_small_number_is_hidden_and_what_it_follows_from(drawn, about):
    with as_of(NOON):
        fill(SODERTALJE, drawn)
        question = replace(ask(SODERTALJE, about), hides_small=True)
        printed: dict[int, int | str] = {}
        for report in all_reports(question, EVERYBODY).values():
            hidden = without_small_numbers(report, "hemligt")
            check(report, hidden, printed)
        db.session.rollback()


def check(report: Report, hidden: Report, printed: dict[int, int | str]) -> None:
    """`printed`: what each number has become so far; in every report it becomes the same."""
    alike(printed, report.case_count, hidden.case_count)
    for before, after in zip(report.tables, hidden.tables, strict=True):
        assert after.notes == ()
        assert bool(after.withheld) is before.lists_cases
        if before.lists_cases:
            assert after.rows == ()
            continue
        for old_row, new_row in zip(before.rows, after.rows, strict=True):
            for column, old, new in zip(before.columns, old_row.cells, new_row.cells, strict=True):
                assert new.slice is None
                kind = old.kind or column.kind
                if column.adds_up or kind in (Kind.SHARE, Kind.CHANGE, Kind.DAYS):
                    assert new.value is None
                elif kind is Kind.COUNT:
                    alike(printed, old.value, new.value)


def alike(printed: dict[int, int | str], number: int, shown: int | str) -> None:
    assert printed.setdefault(number, shown) == shown
    if number < 5 or shown == FEW:
        assert number <= 5 and shown == FEW
    else:
        assert shown % 5 == 0 and abs(shown - number) < 5
