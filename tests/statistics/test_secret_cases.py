"""No report tells that a case with a secrecy mark is there (threat T20)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.clock import as_of
from domain.permissions import Actor, Assignment, Role
from domain.statistics.period import Period
from domain.statistics.question import Question
from extensions import db
from models import Case
from queries.statistics.slices import number_behind
from tests.statistics.test_reports import all_reports, few, fill
from tests.statistics.world import EVERYBODY, NOON, TODAY, add, remove, specs
from tests.support.cases import HJO, layout, person

pytestmark = pytest.mark.usefixtures("app", "town")

OPEN = specs.map(lambda spec: spec | {"is_secret": False, "ago": spec["ago"] + 10})
SECRET = specs.map(lambda spec: spec | {"is_secret": True, "ago": 3})
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


def readers() -> list[tuple[Actor, bool]]:
    """(who, whether they ask for secret cases in vain): nobody of them may see the case."""
    everywhere = tuple(
        Assignment(role, "/") for role in (Role.READER, Role.OVERARCHING, Role.REGISTRAR)
    )
    stranger = Actor(10_000, "Främling", assignments=everywhere)
    reader = Actor(10_000, "Läsare", assignments=(Assignment(Role.READER, "/", sees_secret=True),))
    return [(EVERYBODY, False), (stranger, False), (stranger, True), (reader, True)]


@settings(few, max_examples=4)
@given(drawn=st.lists(OPEN, min_size=3, max_size=15), secret=SECRET)
def test_reports_are_the_same_with_and_without_a_secret_case(drawn, secret):
    with as_of(NOON):
        fill(HJO, drawn)
        hidden = add(layout(HJO), secret, person("handlaggare.hjo").id)
        for actor, asks in readers():
            question = Question(layout(HJO).id, YEAR, with_secret=asks)
            with_it = all_reports(question, actor)
            savepoint = db.session.begin_nested()
            remove(hidden)
            db.session.expire_all()
            assert all_reports(question, actor) == with_it
            savepoint.rollback()
        db.session.rollback()


@settings(few, max_examples=4)
@given(drawn=st.lists(OPEN, min_size=3, max_size=15), secret=SECRET)
def test_two_periods_that_only_a_secret_case_sets_apart_read_the_same(drawn, secret):
    with as_of(NOON):
        fill(HJO, drawn)
        hidden = add(layout(HJO), secret, person("handlaggare.hjo").id)
        day = db.session.get(Case, hidden).received_on
        assert day == TODAY - timedelta(days=3)
        for actor, asks in readers():
            until = Question(layout(HJO).id, Period(date(2024, 1, 1), day), with_secret=asks)
            before = replace(until, period=Period(date(2024, 1, 1), day - timedelta(days=1)))
            assert all_reports(until, actor) == all_reports(before, actor)
            assert number_behind(until, (), actor) == number_behind(before, (), actor)
        db.session.rollback()


def test_who_may_see_secret_cases_can_ask_for_them():
    """Else the tests above would pass with reports that never count one."""
    with as_of(NOON):
        fill(HJO, [])
        spec = {
            "ago": 3,
            "registered": 0,
            "hour": 10,
            "is_secret": True,
            "assisted": False,
            "receivers": set(),
            "refused_for": "",
            "transferred_to": "",
            "delay_reason": "",
        }
        blank = dict.fromkeys(
            (
                "closed",
                "confirmed",
                "answered",
                "unit",
                "responsible",
                "channel",
                "contact_way",
                "submitter_kind",
                "origin",
                "result",
                "publication",
                "status",
                "workflow",
            )
        )
        many = dict.fromkeys(("types", "categories", "measures"), frozenset())
        add(layout(HJO), spec | blank | many, person("handlaggare.hjo").id)
        question = Question(layout(HJO).id, YEAR, with_secret=True)
        assert all_reports(question, EVERYBODY)["oversikt"].case_count == 1
        db.session.rollback()
