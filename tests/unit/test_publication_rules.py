"""What is never published, what must be done first, and when a case appears and goes."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import pytest

from domain.publication import (
    Facts,
    PublicText,
    earliest_day,
    in_text,
    last_day,
    never,
    not_yet,
)
from domain.working_days import WorkingCalendar

pytestmark = pytest.mark.row("H24")
FINE = Facts(
    type_publishes=True, is_sensitive=False, is_secret=False, is_protected=False,
    is_internal=False, is_refused=False, is_transferred=False, choice_is_no=False,
    is_settled=True, wants_no_contact=False,
)  # fmt: skip
TEXT = PublicText("Rubrik", "Fråga.", "<div>Svar.</div>")
NEVER = {
    "type_publishes", "is_sensitive", "is_secret", "is_protected", "is_internal", "is_refused",
    "is_transferred",
}  # fmt: skip


def test_an_ordinary_answered_case_has_nothing_in_its_way():
    assert never(FINE) == not_yet(FINE) == in_text(FINE, TEXT) == []


@pytest.mark.parametrize("name", [f.name for f in fields(Facts) if f.name != "wants_no_contact"])
def test_each_fact_alone_is_in_the_way(name: str):
    facts = replace(FINE, **{name: not getattr(FINE, name)})
    assert bool(never(facts)) is (name in NEVER)
    assert bool(not_yet(facts)) is (name not in NEVER)


def test_no_answer_goes_out_to_somebody_who_wanted_none_but_as_an_exception():
    facts = replace(FINE, wants_no_contact=True)
    assert [bar.field for bar in in_text(facts, TEXT)] == ["answer"]
    assert in_text(facts, replace(TEXT, is_own_answer=True)) == []
    assert in_text(facts, replace(TEXT, answer="<div>\u200b<br></div>")) == []


@pytest.mark.parametrize("blank", ["", " \n", "\u200b"])
def test_title_and_question_are_needed(blank: str):
    assert [bar.field for bar in in_text(FINE, PublicText(blank, blank))] == ["title", "question"]


@pytest.mark.parametrize(
    ("days", "is_working", "wanted"),
    [(7, False, "2026-12-25"), (7, True, "2027-01-04"), (0, False, "2026-12-18")],
)
def test_the_wait_counts_days_or_working_days(days: int, is_working: bool, wanted: str):
    calendar = WorkingCalendar() if is_working else None
    assert earliest_day(date(2026, 12, 18), days, calendar).isoformat() == wanted


@pytest.mark.parametrize(
    ("first", "months", "wanted"),
    [
        (date(2026, 11, 30), 24, date(2028, 11, 30)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 12, 1), 0, None),
    ],
)
def test_the_last_day_is_the_same_day_of_a_later_month(first, months, wanted):
    assert last_day(first, months) == wanted
