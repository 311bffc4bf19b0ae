"""Opening a case: number, limits, original, responsible, log."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from domain.errors import RuleBroken
from domain.permissions import CITIZEN
from extensions import db
from models import CaseOriginal
from services.cases import open_case
from tests.support.cases import HJO, SODERTALJE, layout, log_of, new_case, unit_id

pytestmark = pytest.mark.usefixtures("app", "town")


@pytest.mark.row("H03")
def test_both_limits_are_counted_in_working_days_from_the_day_of_arrival():
    case = new_case(received_on=date(2026, 12, 23))
    assert (case.acknowledge_by, case.answer_by) == (date(2026, 12, 29), date(2027, 1, 13))


def test_a_form_sent_just_before_midnight_came_in_that_day_in_stockholm():
    late_evening = datetime(2026, 7, 3, 21, 59, tzinfo=UTC)  # 23.59 in Sweden
    case = open_case(layout(HJO), {"text": "Tack!"}, actor=CITIZEN, registered_at=late_evening)
    assert case.received_on == date(2026, 7, 3)


@pytest.mark.row("H09")
def test_the_original_is_kept_apart():
    case = new_case(title="Rubrik", text="Mitt namn är Berit.\n\nHej!")
    original = db.session.get_one(CaseOriginal, case.id)
    assert (original.title, original.text) == ("Rubrik", "Mitt namn är Berit.\n\nHej!")


@pytest.mark.row("S08")
def test_a_unit_brings_its_responsible():
    unit = unit_id("Vård- och omsorgsboende norr")
    case = new_case(SODERTALJE, unit=unit)
    assert case.responsible is not None
    assert case.unit_id == unit


def test_a_case_without_a_unit_waits_for_the_registrar():
    case = new_case()
    assert (case.unit_id, case.responsible_id) == (None, None)


def test_a_missing_title_is_made_from_the_text():
    case = new_case(text="Belysningen vid lekplatsen är trasig sedan i förrgår kväll.")
    assert case.title.startswith("Belysningen vid lekplatsen")


def test_an_empty_text_is_refused_at_its_field():
    with pytest.raises(RuleBroken) as refused:
        open_case(layout(HJO), {"text": " \n "}, actor=CITIZEN)
    assert refused.value.field == "text"


def test_a_choice_of_another_list_is_refused():
    foreign = layout(SODERTALJE).fields["status"].choices[0].id
    with pytest.raises(RuleBroken):
        open_case(layout(HJO), {"text": "Hej", "channel": foreign}, actor=CITIZEN)


def test_opening_is_in_the_log():
    case = new_case(title="Halt")
    (line,) = log_of(case, "case.opened")
    assert (line.actor_name, line.new) == ("Systemet", {"title": "Halt"})
