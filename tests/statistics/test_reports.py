"""Every cell of every report against an oracle of its own, and against the cases behind it."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from domain.clock import as_of
from domain.permissions import Actor, Assignment, Role
from domain.statistics.period import Basis, Period
from domain.statistics.question import Question
from domain.statistics.table import Report
from extensions import db
from queries.configuration import configuration
from queries.statistics.catalogue import REPORTS
from queries.statistics.slices import cases_behind, number_behind
from tests.statistics.comparing import compare
from tests.statistics.expected import EXPECTED
from tests.statistics.oracle import Oracle
from tests.statistics.world import EVERYBODY, NOON, add, forget, pick, specs
from tests.support.cases import HJO, SODERTALJE, layout, new_case, person

pytestmark = pytest.mark.usefixtures("app", "town")

PERIODS = (
    Period(date(2026, 1, 1), date(2026, 12, 31)),
    Period(date(2026, 10, 6), date(2026, 11, 19)),
    Period(date(2024, 2, 29), date(2026, 3, 1)),
    Period(date(2025, 7, 1), date(2025, 12, 31)),
)
questions = st.fixed_dictionaries(
    {
        "period": st.sampled_from(PERIODS),
        "basis": st.sampled_from(Basis),
        "unit": st.none() | st.integers(0, 33),
        "type": st.none() | st.integers(0, 2),
        "with_fault_reports": st.booleans(),
        "with_secret": st.booleans(),
    }
)
many = st.lists(specs, min_size=5, max_size=25)
few = settings(
    phases=[Phase.explicit, Phase.generate],  # making examples smaller takes minutes here
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
slow = settings(few, max_examples=8)


def ask(case_type: str, about: dict) -> Question:
    types = layout(case_type).fields["types"].choices
    kind, unit = pick(types, about["type"]), pick(configuration().units, about["unit"])
    return Question(
        layout(case_type).id, about["period"], about["basis"], unit.id if unit else 0,
        (kind.id,) if kind else (), about["with_fault_reports"], about["with_secret"],
    )  # fmt: skip


def fill(case_type: str, drawn: list[dict]) -> None:
    """The cases of this example; the caller rolls them back."""
    db.session.rollback()
    forget()
    me, kind = person("handlaggare.hjo").id, layout(case_type)
    for spec in drawn:
        add(kind, spec, me)
    db.session.expire_all()


def all_reports(question: Question, actor: Actor) -> dict[str, Report]:
    kind = configuration().case_type(question.case_type_id)
    assert kind is not None
    return {
        key: report.build(question, actor)
        for key, report in REPORTS.items()
        if not report.field or report.field in kind.fields
    }


@pytest.mark.parametrize("case_type", [HJO, SODERTALJE])
def test_every_cell_is_what_the_oracle_says(case_type: str):
    @slow
    @given(drawn=many, about=questions)
    def check(drawn: list[dict], about: dict) -> None:
        fill(case_type, drawn)
        question = ask(case_type, about)
        oracle = Oracle(question, EVERYBODY)
        for key, report in all_reports(question, EVERYBODY).items():
            expected = EXPECTED[key](oracle)
            assert len(report.tables) == len(expected), key
            for table, lines in zip(report.tables, expected, strict=True):
                assert compare(table, lines) == [], key
        db.session.rollback()

    with as_of(NOON):
        check()


@pytest.mark.parametrize("case_type", [HJO, SODERTALJE])
def test_behind_every_number_are_as_many_cases(case_type: str):
    @slow
    @given(drawn=many, about=questions)
    def check(drawn: list[dict], about: dict) -> None:
        fill(case_type, drawn)
        question = ask(case_type, about)
        for key, report in all_reports(question, EVERYBODY).items():
            for table, row in ((t, r) for t in report.tables for r in t.rows):
                for cell in (c for c in row.cells if c.slice is not None):
                    where = f"{key}, {table.title}, {row.label}, {cell.slice}"
                    assert number_behind(question, cell.slice, EVERYBODY) == cell.value, where
                    behind = cases_behind(question, cell.slice, EVERYBODY, limit=100)
                    assert len(behind) == cell.value, where
        db.session.rollback()

    with as_of(NOON):
        check()


ROLES = (Role.READER, Role.ASSISTANT, Role.RESPONSIBLE, Role.OVERARCHING, Role.REGISTRAR,
         Role.ADMINISTRATOR)  # fmt: skip


@pytest.mark.parametrize("role", ROLES)
def test_each_role_counts_its_own_part_and_no_more(role: Role):
    """With and without the flag for secrecy, for one case type or all, at the root and below."""

    @settings(few, max_examples=2)
    @given(drawn=st.lists(specs, min_size=15, max_size=25))
    def check(drawn: list[dict]) -> None:
        fill(HJO, drawn)
        me, units = person("handlaggare.hjo"), configuration().units
        other = layout(SODERTALJE).id
        for unit, flag, kind, asks in product(units[:3], (0, 1), (None, other), (0, 1)):
            held = Assignment(role, unit.path, bool(flag), kind)
            actor = Actor(me.id, me.name, assignments=(held,))
            period = Period(date(2023, 1, 1), date(2026, 12, 31))
            question = Question(layout(HJO).id, period, with_secret=bool(asks))
            oracle = Oracle(question, actor)
            assert compare(REPORTS["enheter"].build(question, actor).tables[0],
                           EXPECTED["enheter"](oracle)[0]) == []  # fmt: skip
            if role in (Role.ASSISTANT, Role.ADMINISTRATOR) or kind:
                assert oracle.cases == []
        db.session.rollback()

    with as_of(NOON):
        check()


@pytest.mark.parametrize(
    "pair",
    [
        ("month", "9999-12"), ("month", "2026-13"), ("until-month", "9999-12"), ("year", "0"),
        ("year", "9" * 300), ("year", "-1"), ("year", "²"), ("days", "0-99"), ("unit", "x"),
        ("under", "9" * 30), ("choice", "types:9999999999"), ("choice", ":"), ("outcome", "x"),
        ("confirmed", ""), ("responsible", "1e3"), ("wat", "1"), ("period", "x"), ("refused", "x"),
    ],
)  # fmt: skip
def test_a_part_that_means_nothing_finds_nothing(pair: tuple[str, str]):
    """Parts stand in addresses, which anybody can type."""
    new_case(HJO)
    question = Question(layout(HJO).id, Period(date(2000, 1, 1), date(2049, 12, 31)))
    assert number_behind(question, (), EVERYBODY) == 1
    assert number_behind(question, (pair,), EVERYBODY) == 0
