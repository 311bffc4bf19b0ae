"""The facts that reports count follow the cases, however these are changed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select, update

from domain.clock import as_of
from domain.errors import DomainError
from domain.meanings import Meaning
from extensions import db
from models import CaseChoice, CaseFact, Choice, ClosedDay, DayNumber
from services.statistics_days import extend_days
from services.statistics_facts import differences
from services.unit_of_work import unit_of_work
from tests.statistics.world import TODAY, add, forget, remove, rewrite, specs
from tests.support.cases import HJO, choice, layout, new_case, person
from tests.support.random_case_deeds import open_one
from tests.support.random_deeds import DEEDS
from tests.support.walk_of_deeds import NothingToDo, Walk

pytestmark = pytest.mark.usefixtures("app", "town")

MEANINGS = ("", Meaning.CONTACT_NONE, Meaning.CONTACT_ALREADY_ANSWERED, Meaning.STATUS_NO_ANSWER,
            Meaning.WORKFLOW_FAULT_REPORT, Meaning.TYPE_PRAISE, Meaning.TYPE_COMPLAINT)  # fmt: skip
FIELDS = ("contact_way", "status", "workflow", "types")
edits = st.lists(
    st.tuples(st.just("rewrite"), st.integers(0, 9), specs)
    | st.tuples(st.just("remove"), st.integers(0, 9))
    | st.tuples(st.just("tick"), st.integers(0, 9), st.integers(0, 9))
    | st.tuples(st.just("move tick"), st.integers(0, 9), st.integers(0, 9))
    | st.tuples(st.just("untick"), st.integers(0, 9))
    | st.tuples(st.just("day off"), st.integers(0, 60))
    | st.tuples(st.just("move day off"), st.integers(0, 60))
    | st.tuples(st.just("day on"))
    | st.tuples(st.just("meaning"), st.sampled_from(FIELDS), st.integers(0, 9),
                st.sampled_from(MEANINGS)),
    max_size=12,
)  # fmt: skip


@settings(
    max_examples=25,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(first=st.lists(specs, min_size=1, max_size=10), edits=edits)
def test_facts_follow_every_change_of_cases_meanings_and_days_off(first, edits):
    db.session.rollback()
    forget()
    me, hjo = person("handlaggare.hjo").id, layout(HJO)
    ids = [add(hjo, spec, me) for spec in first]
    for kind, *about in edits:
        _edit(kind, about, ids)
        db.session.flush()
    assert list(differences()) == []
    assert sorted(db.session.scalars(select(CaseFact.case_id))) == sorted(ids)
    db.session.rollback()


def _edit(kind: str, about: list, ids: list[int]) -> None:
    if kind == "rewrite" and ids:
        rewrite(ids[about[0] % len(ids)], layout(HJO), about[1])
    elif kind == "remove" and ids:
        remove(ids.pop(about[0] % len(ids)))
    elif "tick" in kind and ids:
        _edit_ticks(kind, ids[about[0] % len(ids)], about[-1])
    elif kind in ("day off", "move day off"):
        _edit_days(kind, about[0])
    elif kind == "day on":
        db.session.execute(delete(ClosedDay))
    elif kind == "meaning":
        field, number, meaning = about
        items = layout(HJO).fields[field].choices
        where = Choice.id == items[number % len(items)].id
        db.session.execute(update(Choice).where(where).values(meaning=meaning))


def _edit_days(kind: str, ago: int) -> None:
    day = TODAY - timedelta(days=ago)
    if db.session.scalar(select(ClosedDay).filter_by(day=day)):
        return
    old = db.session.scalars(select(ClosedDay)).first()
    if kind == "day off" or old is None:
        db.session.add(ClosedDay(day=day, name="Ledigt"))
    else:
        old.day = day


def _edit_ticks(kind: str, case_id: int, number: int) -> None:
    """The one tick of the case: given, made another one, or taken away."""
    items = layout(HJO).fields["types"].choices
    tick = {"case_id": case_id, "field_key": "types", "choice_id": items[number % len(items)].id}
    of_case = (CaseChoice.case_id == case_id, CaseChoice.field_key == "types")
    if kind != "move tick":
        db.session.execute(delete(CaseChoice).where(*of_case))
    if kind == "tick":
        db.session.execute(insert(CaseChoice).values(tick))
    elif kind == "move tick":
        first = db.session.scalar(select(CaseChoice.choice_id).where(*of_case).limit(1))
        db.session.execute(
            delete(CaseChoice).where(*of_case, CaseChoice.choice_id.is_distinct_from(first))
        )
        db.session.execute(update(CaseChoice).where(*of_case).values(tick))


def test_facts_follow_random_deeds_of_people():
    """Closings, reopenings, moves, marks, refusals and all else that the services do."""
    walk = Walk(6)
    deeds, shares = list(DEEDS), list(DEEDS.values())
    for walk.number in range(1, 151):
        deed = open_one if walk.number <= 10 else walk.chance.choices(deeds, shares)[0]
        try:
            with unit_of_work():
                deed(walk)
        except (DomainError, NothingToDo):
            db.session.rollback()
        if walk.number % 30 == 0:
            assert list(differences()) == []
    assert db.session.scalar(select(CaseFact.case_id).limit(1))


@pytest.mark.parametrize(
    "received, answered, days",
    [
        ("2026-06-18", "2026-07-03", 10),
        ("2026-06-18", "2026-07-06", 11),
        ("2021-04-20", "2021-05-07", 13),
        ("2026-01-02", "2026-01-19", 10),
        ("2026-04-02", "2026-04-20", 10),
        ("2026-04-30", "2026-05-18", 10),
        ("2026-06-20", "2026-07-03", 10),
        ("2026-12-23", "2027-01-13", 10),
        ("2027-05-05", "2027-05-20", 10),
        ("2027-12-23", "2028-01-11", 10),
        ("2026-06-18", "2026-06-18", 0),
        ("2026-06-18", "2026-06-17", 0),
        ("2026-10-16", "2026-10-18", 0),
    ],
)
def test_the_time_of_answer_is_that_of_the_worked_examples(received, answered, days):
    """Domain notes §2.4: a case that came in and was answered on these days."""
    case = new_case(HJO)
    case.received_on = date.fromisoformat(received)
    case.answered_on = date.fromisoformat(answered)
    db.session.commit()
    assert db.session.get(CaseFact, case.id).answer_days == days


@pytest.mark.parametrize("day, days", [(13, 2), (15, 1), (16, 2), (18, 1), (19, 2)])
def test_a_day_off_of_ones_own_shortens_the_time_of_answer_and_gives_it_back(day, days):
    """The first day and those after the last do not count, nor does a Saturday."""
    case = new_case(HJO)
    case.received_on, case.answered_on = date(2026, 5, 13), date(2026, 5, 18)
    db.session.commit()
    db.session.add(ClosedDay(day=date(2026, 5, day), name="Ledigt"))
    db.session.commit()
    assert db.session.get(CaseFact, case.id).answer_days == days
    db.session.execute(delete(ClosedDay))
    db.session.commit()
    assert db.session.get(CaseFact, case.id).answer_days == 2


def test_the_worker_numbers_the_days_of_later_years_in_good_time(app: Flask):
    with as_of(datetime(2046, 3, 1, 12, tzinfo=UTC)):
        db.session.add(ClosedDay(day=date(2050, 1, 3), name="Ledigt"))
        db.session.commit()
        for _again in range(2):
            extend_days()
            db.session.commit()
        case = new_case(HJO)
        case.received_on, case.answered_on = date(2049, 12, 30), date(2050, 1, 7)
        db.session.commit()
        # 30/12 is a Thursday; 31/12, 1/1, 3/1 (own) and 6/1 are off
        assert db.session.get(CaseFact, case.id).answer_days == 3
        assert run(app, "check").output == "Underlaget stämmer med ärendena.\n"


def run(app: Flask, word: str):
    return app.test_cli_runner().invoke(args=["statistics", word])


def test_the_command_names_what_is_wrong_and_makes_it_right(app: Flask):
    case = new_case(HJO, contact_way=choice(HJO, "contact_way", "E-post"))
    assert run(app, "check").output == "Underlaget stämmer med ärendena.\n"
    facts = update(CaseFact).where(CaseFact.case_id == case.id)
    db.session.execute(facts.values(wants_answer=False))
    db.session.execute(delete(DayNumber).where(DayNumber.day == date(2026, 3, 4)))
    db.session.commit()
    result = run(app, "check")
    assert result.exit_code == 1
    assert "day_numbers 2026-03-04: number är None, ska vara 1" in result.output
    assert f"case_facts {case.id}: wants_answer är False, ska vara True" in result.output
    assert run(app, "rebuild").output == "Underlaget är omgjort: 1 ärenden.\n"
    assert run(app, "check").exit_code == 0
    db.session.execute(delete(CaseFact))
    db.session.commit()
    assert f"case_facts {case.id}: saknas" in run(app, "check").output
