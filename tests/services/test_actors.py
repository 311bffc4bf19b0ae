"""Actors: the roles of a row as the rules see them, and which case types they open."""

from __future__ import annotations

import pytest

from domain.permissions import Actor, Permission, Role
from extensions import db
from models import RoleAssignment, Unit
from queries.configuration import configuration
from services.actors import actor_of, case_types_for
from tests.support.cases import HJO, SODERTALJE, person

pytestmark = pytest.mark.usefixtures("app", "town")


def types(actor, permission=Permission.CASE_LIST):
    return [t.key for t in case_types_for(actor, permission, configuration())]


def test_an_actor_has_the_roles_and_units_of_the_person():
    actor = actor_of(person("registrator.hjo"))
    (held,) = actor.assignments
    unit = db.session.scalars(db.select(Unit).filter_by(key="hjo-kommunforvaltningen")).one()
    assert held.role is Role.REGISTRAR
    assert held.unit_path == unit.path
    assert (actor.id, actor.name) == (person("registrator.hjo").id, person("registrator.hjo").name)


def test_a_role_for_one_case_type_opens_only_that():
    assert types(actor_of(person("registrator.hjo"))) == [HJO]
    assert types(actor_of(person("lasare.omsorg"))) == [SODERTALJE]


def test_a_role_without_a_case_type_opens_all():
    user = person("chef.hjo")
    user.assignments[0].case_type_id = None
    assert types(actor_of(user)) == [HJO, SODERTALJE]


def test_the_administrator_opens_no_case_type():
    assert types(actor_of(person("admin"))) == []


def test_what_is_taken_away_is_gone_from_the_next_actor():
    user = person("chef.hjo")
    user.assignments.clear()
    db.session.flush()
    assert actor_of(user).assignments == ()
    assert db.session.scalars(db.select(RoleAssignment).filter_by(user_id=user.id)).all() == []


def test_somebody_inactive_opens_nothing():
    user = person("chef.hjo")
    user.is_active = False
    assert types(actor_of(user)) == []
    assert types(Actor(None, "")) == []
