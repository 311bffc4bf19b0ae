"""People and roles: what nobody may do, not even an administrator."""

from __future__ import annotations

import pytest

from domain.errors import NotAllowed, RuleBroken
from domain.permissions import SYSTEM
from extensions import db
from services.people import Grant, add_person, change_person, grants_of
from services.sessions import count_sessions, open_session
from tests.support.cases import actor, person

pytestmark = pytest.mark.usefixtures("app", "town")


def top():
    return person("admin").assignments[0].unit_id


def second_administrator():
    values = {"username": "andra", "name": "Andra Admin"}
    add_person(values, [Grant("administrator", top())], "ett-langt-losenord", actor=SYSTEM)
    db.session.flush()
    return person("andra")


@pytest.mark.parametrize("role", ["registrar", "responsible", "reader"])
def test_nobody_gives_oneself_a_role(role):
    own = list(grants_of(person("admin")))
    with pytest.raises(NotAllowed):
        change_person(person("admin"), {}, [*own, Grant(role, top())], actor=actor("admin"))


def test_nobody_takes_the_own_role_or_account_away():
    second_administrator()
    with pytest.raises(NotAllowed):
        change_person(person("admin"), {}, [], actor=actor("admin"))
    with pytest.raises(NotAllowed):
        change_person(person("admin"), {"is_active": False}, None, actor=actor("admin"))


def test_the_last_administrator_is_neither_closed_nor_demoted():
    helper = actor("chef.hjo")
    for values, grants in (({"is_active": False}, None), ({}, [])):
        with pytest.raises(RuleBroken, match="Minst en aktiv administratör"):
            change_person(person("admin"), values, grants, actor=helper)
        db.session.rollback()


def test_with_two_administrators_one_can_close_the_other():
    other = second_administrator()
    change_person(other, {"is_active": False}, None, actor=actor("admin"))
    assert not other.is_active


@pytest.mark.parametrize(
    "grant", [Grant("king", 1), Grant("reader", 999999), Grant("reader", None), Grant("", 1),
              Grant("reader", 1, case_type_id=999999)],
)  # fmt: skip
def test_a_role_that_leads_nowhere_is_refused(grant):
    with pytest.raises(RuleBroken) as refused:
        change_person(person("chef.hjo"), {}, [grant], actor=actor("admin"))
    assert refused.value.field == "assignments"


def test_the_same_roles_again_change_nothing():
    user = person("chef.omsorg")
    ids = {a.id for a in user.assignments}
    open_session(user, address="192.0.2.1")
    change_person(user, {}, list(grants_of(user)), actor=actor("admin"))
    assert {a.id for a in user.assignments} == ids
    assert count_sessions(user) == 1


def test_a_name_sorts_where_swedes_look_for_it():
    user = person("chef.hjo")
    change_person(user, {"name": "Åke Ek"}, None, actor=actor("admin"))
    assert user.sort_key > person("admin").sort_key
    assert user.sort_key.startswith("{")
