"""SQL and Python agree on who sees a case: visible_cases() and can(), over everything that counts.

Every case there can be (unit × type × secret × responsible × assistant × open or closed) against
every kind of actor and every distinct right.
"""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from domain.permissions import ABOUT_SUBMITTER, RIGHTS, Actor, Assignment, Permission, Role, can
from extensions import db
from models import (
    Case,
    CaseParticipant,
    CaseType,
    Choice,
    ChoiceList,
    Submitter,
    Unit,
    User,
    utcnow,
)
from queries.cases import visible_cases

pytestmark = pytest.mark.both

PATHS = ("/1/", "/1/2/", "/1/3/", "/1/2/4/")
ME, OTHER = 1, 2


@pytest.fixture
def cases(app: Flask) -> list[Case]:
    """One case of every kind."""
    add_configuration()
    kinds = itertools.product(
        (None, 2, 3, 4),
        (1, 2),
        (False, True),
        (ME, OTHER),
        (False, True),
        (False, True),
        (False, True),
    )
    for unit, case_type, secret, responsible, assisted, closed, protected in kinds:
        case = Case(
            case_type_id=case_type, title="t", text="x", received_on=date(2026, 11, 2),
            registered_at=utcnow(), acknowledge_by=date(2026, 11, 4), answer_by=date(2026, 11, 16),
            unit_id=unit, responsible_id=responsible, status_id=1, is_secret=secret,
            closed_at=utcnow() if closed else None, closed_by_id=OTHER if closed else None,
        )  # fmt: skip
        case.submitter = Submitter(is_protected=protected)
        if assisted:
            case.participants.append(
                CaseParticipant(user_id=ME, capacity="assistant", added_at=utcnow())
            )
        case.participants.append(
            CaseParticipant(user_id=OTHER, capacity="informed", added_at=utcnow())
        )
        db.session.add(case)
    db.session.commit()
    return list(db.session.scalars(select(Case)))


def add_configuration() -> None:
    """Four units in a tree, two case types, one status, two people."""
    for path in PATHS:
        *_, parent, number = [None, *path.strip("/").split("/")]
        db.session.add(
            Unit(id=int(number or 0), key=path, name=path, path=path, sort_key=path,
                 parent_id=int(parent) if parent else None)
        )  # fmt: skip
        db.session.flush()
    db.session.add_all([CaseType(id=n, key=f"t{n}", name=f"t{n}", list_columns=[]) for n in (1, 2)])
    db.session.add_all([User(id=n, username=f"u{n}", name=f"u{n}") for n in (ME, OTHER)])
    db.session.flush()
    db.session.add(ChoiceList(id=1, case_type_id=1, key="status", name="status"))
    db.session.flush()
    db.session.add(Choice(id=1, choice_list_id=1, label="Ny"))
    db.session.commit()


def distinct_rights() -> list[Permission]:
    """One permission for each way of reaching cases that the table knows."""
    ways = {
        (
            tuple(right.reach.values()),
            right.secrecy,
            right.states,
            permission in ABOUT_SUBMITTER,
        ): permission
        for permission, right in RIGHTS.items()
    }
    return list(ways.values())


def assert_agreement(actor: Actor, cases: list[Case]) -> None:
    for permission in distinct_rights():
        by_rule = {case.id for case in cases if can(actor, permission, case)}
        in_sql = set(db.session.scalars(select(Case.id).where(visible_cases(actor, permission))))
        states = RIGHTS[permission].states
        in_sql = {case.id for case in cases if case.id in in_sql and case.state in states}
        assert in_sql == by_rule, f"{permission} for {actor.assignments}"


@pytest.mark.parametrize("role", Role)
def test_one_assignment_reaches_the_same_cases_in_sql_and_in_python(role: Role, cases: list[Case]):
    for path, flag, case_type in itertools.product(PATHS[:3], (False, True), (None, 1)):
        actor = Actor(ME, "A", assignments=(Assignment(role, path, flag, case_type),))
        assert_agreement(actor, cases)


def test_several_assignments_reach_the_same_cases_in_sql_and_in_python(cases: list[Case]):
    for first, second in itertools.combinations(Role, 2):
        both = (Assignment(first, "/1/2/"), Assignment(second, "/1/3/", sees_secret=True))
        assert_agreement(Actor(ME, "A", assignments=both), cases)


def test_the_rights_reach_somebody_and_not_everybody(cases: list[Case]):
    """Two sides that are always empty would agree too."""
    reader = Actor(ME, "A", assignments=(Assignment(Role.READER, "/1/2/"),))
    seen = set(db.session.scalars(select(Case.id).where(visible_cases(reader))))
    assert 0 < len(seen) < len(cases)


def test_who_is_inactive_or_without_a_role_sees_nothing(cases: list[Case]):
    registrar = (Assignment(Role.REGISTRAR, "/1/"),)
    for actor in (Actor(ME, "A", is_active=False, assignments=registrar), Actor(ME, "A")):
        assert db.session.scalars(select(Case.id).where(visible_cases(actor))).all() == []
        assert not any(can(actor, permission, cases[0]) for permission in Permission)
