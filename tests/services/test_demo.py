"""The demo: complete, about the last two months, quiet, and never where it could hurt."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from domain.clock import STOCKHOLM, as_of, local_today
from domain.errors import RuleBroken
from domain.workflow import is_late
from extensions import db
from models import Case, CaseType, Event, OutboxMessage, RoleAssignment, Unit, User
from services.cases.deadlines import calendar
from services.demo import PASSWORD, USERNAMES, ensure_demo, load_demo
from services.demo.history import STORIES
from services.passwords import verify_password
from tests.support.site import Site

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture(scope="module")
def demo_state(site: Site) -> None:
    """The state "demo": loading takes seconds, and most tests only look."""
    site.make_state("demo", load_demo)


@pytest.fixture
def cases(demo_state: None, app: Flask, site: Site) -> list[Case]:
    site.reset("demo")
    return list(db.session.scalars(select(Case).order_by(Case.id)))


def test_the_nine_accounts_are_there_with_the_password_of_the_readme(cases: list[Case]):
    users = {user.username: user for user in db.session.scalars(select(User))}
    assert sorted(users) == sorted(
        [
            "registrator.hjo", "handlaggare.hjo", "chef.hjo", "chef.omsorg", "bitradande.omsorg",
            "lasare.omsorg", "strateg.omsorg", "chef.social", "admin",
        ]
    )  # fmt: skip
    assert verify_password(users["handlaggare.hjo"].password_hash, "gensvar-demo-losen")
    assert all(user.email.endswith("@demo.example") for user in users.values())
    roles = {user.username: {a.role for a in user.assignments} for user in users.values()}
    assert roles["strateg.omsorg"] == {"overarching"}
    assert roles["registrator.hjo"] == {"registrar"}
    assert roles["admin"] == {"administrator"}


def test_there_is_one_municipality_with_both_case_types(cases: list[Case]):
    top = db.session.scalars(select(Unit).where(Unit.parent_id.is_(None))).one()
    assert top.name == "Demokommunen"
    names = db.session.scalars(select(CaseType.name).order_by(CaseType.position))
    assert list(names) == ["Synpunkt Hjo", "Synpunkter och klagomål"]


def test_the_cases_stand_in_every_stage(cases: list[Case]):
    today = local_today()
    assert len(cases) == len(STORIES) >= 40
    stages = Counter(
        stage
        for case in cases
        for stage, holds in {
            "undistributed": case.responsible_id is None,
            "confirmed": case.acknowledged_on is not None and case.answered_on is None,
            "answered": case.answered_on is not None and not case.is_closed,
            "answered late": case.answered_on is not None and is_late(case, today),
            "late": case.answered_on is None and not case.is_closed and is_late(case, today),
            "closed": case.is_closed,
            "new reply": case.has_new_reply,
            "ready": case.ready_at is not None,
        }.items()
        if holds
    )
    assert set(stages) == {
        "undistributed", "confirmed", "answered", "answered late", "late", "closed", "new reply",
        "ready",
    }  # fmt: skip
    assert min(case.received_on for case in cases) >= today - timedelta(days=75)


def test_every_open_case_of_care_and_social_services_reaches_somebody(cases: list[Case]):
    alone = [
        case.title
        for case in cases
        if case.case_type.key == "synpunkter-och-klagomal" and case.responsible_id is None
    ]
    assert alone == []


def test_no_mail_of_the_demo_waits_to_be_sent_and_none_has_a_real_address(cases: list[Case]):
    states = set(db.session.scalars(select(OutboxMessage.state)))
    assert states == {"sent"}
    assert set(db.session.scalars(select(Event.state))) == {"draft", "registered", "sent"}
    addresses = db.session.scalars(select(OutboxMessage.recipient_email))
    assert all(address.endswith("@demo.example") for address in addresses)


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 6, 22, 0, 10, tzinfo=STOCKHOLM),
        datetime(2027, 1, 7, 23, 50, tzinfo=STOCKHOLM),
    ],
    ids=["the night after midsummer", "the night after Christmas holidays"],
)
def test_nothing_of_the_demo_lies_in_the_future_or_out_of_order(moment: datetime):
    with as_of(moment):
        load_demo()
        for case in db.session.scalars(select(Case)):
            query = select(Event.created_at).filter_by(case_id=case.id).order_by(Event.number)
            times = [case.registered_at, *db.session.scalars(query), case.closed_at or moment]
            if not case.has_new_reply:
                assert times == sorted(times)
            assert max(times) <= moment
            assert case.answered_on is None or case.received_on <= case.answered_on


def test_a_late_answer_says_why(cases: list[Case]):
    for case in cases:
        if case.answered_on and case.answered_on > case.answer_by:
            assert case.delay_reason, case.title
            assert calendar().between(case.received_on, case.answered_on) > 10


def test_the_demo_is_refused_where_anything_is(cases: list[Case]):
    with pytest.raises(RuleBroken, match="Databasen är inte tom"):
        load_demo()
    assert db.session.scalar(select(func.count(RoleAssignment.id))) == 12


def test_the_demo_is_refused_in_production(app: Flask):
    own = app.extensions["gensvar"]
    app.extensions["gensvar"] = replace(own, env="production")
    try:
        with pytest.raises(RuleBroken, match="produktion"):
            load_demo()
    finally:
        app.extensions["gensvar"] = own
    assert db.session.scalar(select(func.count(User.id))) == 0


def test_ensuring_loads_once_and_then_only_names_the_accounts():
    assert ensure_demo() == list(USERNAMES)
    count = db.session.scalar(select(func.count(Case.id)))
    assert ensure_demo() == list(USERNAMES)
    assert db.session.scalar(select(func.count(Case.id))) == count


@pytest.mark.usefixtures("database")
def test_ensuring_leaves_another_municipalitys_database_alone():
    db.session.add(Unit(key="kommunen", name="Lilleby kommun", kind="municipality", path="/1/"))
    db.session.flush()
    assert ensure_demo() == []
    assert db.session.scalar(select(func.count(User.id))) == 0


def test_the_command_says_how_to_sign_in(app: Flask):
    result = app.test_cli_runner().invoke(args=["demo", "load"])
    assert result.exit_code == 0
    assert PASSWORD in result.output
    again = app.test_cli_runner().invoke(args=["demo", "load"])
    assert (again.exit_code, "inte tom" in again.output) == (1, True)


def test_each_town_has_a_letter_and_one_of_them_is_posted(cases: list[Case]):
    letters = db.session.scalars(select(Event).filter_by(kind="document").order_by(Event.id))
    states = {e.case.case_type.key: (e.state, e.posted_at is not None) for e in letters}
    assert states == {
        "synpunkt-hjo": ("sent", True),
        "synpunkter-och-klagomal": ("draft", False),
    }
