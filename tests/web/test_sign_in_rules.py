"""System → Inloggning: from where and with what the people of each role sign in (manual H04)."""

from __future__ import annotations

import re

import pytest

from domain.clock import local_today
from extensions import db
from models import AuditEntry, RoleRule, UserSession
from services.stand_ins import add_stand_in
from tests.support.cases import actor, person
from tests.support.factor import code_of, with_factor
from tests.support.town import PASSWORD

pytestmark = pytest.mark.usefixtures("town")
ME = "handlaggare.hjo"
CASES = "/admin/case/?type=synpunkt-hjo"
INSIDE = {"REMOTE_ADDR": "192.0.2.17"}
OUTSIDE = {"REMOTE_ADDR": "203.0.113.9"}
PAGE = "/admin/role-rules/"


def rule(role="responsible", networks=("192.0.2.0/24", "2001:db8:1::/48"), **more):
    db.session.add(RoleRule(role=role, networks=list(networks), **more))
    db.session.commit()


def sign_in(client, where, username=ME, **more):
    data = {"username": username, "password": PASSWORD, **more}
    return client.post("/login", data=data, environ_overrides=where)


def is_in(client, where):
    return client.get(CASES, environ_overrides=where).status_code == 200


def refusals():
    db.session.expire_all()
    rows = db.session.scalars(db.select(AuditEntry).filter_by(action="session.refused"))
    return [(row.subject, row.field) for row in rows]


@pytest.mark.row("H04")
@pytest.mark.parametrize("address", ["192.0.2.17", "2001:db8:1::5", "::ffff:192.0.2.17"])
def test_inside_the_network_the_password_is_enough(client, address):
    rule()
    where = {"REMOTE_ADDR": address}
    assert sign_in(client, where).location == "/admin/"
    assert is_in(client, where)


@pytest.mark.row("H04")
@pytest.mark.parametrize("address", ["203.0.113.9", "2001:db8:2::5", "", "nonsense"])
def test_outside_the_network_the_password_alone_is_refused(client, address):
    rule()
    answer = sign_in(client, {"REMOTE_ADDR": address})
    assert answer.status_code == 422
    assert "i kommunens nät" in answer.text
    assert refusals() == [(f"users {person(ME).id}", "address")]


@pytest.mark.row("H04")
def test_outside_the_network_the_second_factor_opens(client):
    device, _codes = with_factor(ME)
    rule()
    assert sign_in(client, OUTSIDE).location == "/login/code?next=/admin/"
    answer = client.post("/login/code", data={"code": device.now()}, environ_overrides=OUTSIDE)
    assert answer.status_code == 302
    assert is_in(client, OUTSIDE)


@pytest.mark.row("H04")
def test_a_role_that_works_inside_only_is_refused_outside_with_any_factor(client):
    with_factor(ME)
    rule(outside="refused")
    wrong = client.post(
        "/login", data={"username": ME, "password": "fel-losenord-har"}, environ_overrides=OUTSIDE
    )
    right = sign_in(client, OUTSIDE)
    masked = [re.sub(r'(nonce|content|value)="[^"]*"', "", page.text) for page in (wrong, right)]
    assert right.status_code == wrong.status_code == 422
    assert masked[0] == masked[1]
    assert db.session.scalars(db.select(UserSession)).all() == []


def test_a_session_that_moves_out_of_the_network_is_asked_for_the_code(client):
    device, _codes = with_factor("chef.hjo")
    rule("overarching")
    rule("responsible")
    client.login(ME)
    assert is_in(client, INSIDE)
    assert not is_in(client, OUTSIDE)
    assert refusals()[-1] == (f"users {person(ME).id}", "address")
    assert not is_in(client, INSIDE), "a refused session is over"
    sign_in(client, INSIDE, "chef.hjo")
    answer = client.post("/login/code", data={"code": device.now()}, environ_overrides=INSIDE)
    assert answer.status_code == 302
    assert client.get("/admin/my-page/", environ_overrides=OUTSIDE).status_code == 200


def test_the_strictest_rule_of_the_roles_held_counts(client):
    user = person(ME)
    rule("responsible", always_factor=False)
    assert sign_in(client, INSIDE).location == "/admin/"
    user.assignments.append(
        type(user.assignments[0])(role="registrar", unit_id=user.assignments[0].unit_id)
    )
    rule("registrar", networks=["10.0.0.0/8"], outside="refused")
    assert sign_in(client, INSIDE).status_code == 422


def test_a_rule_of_a_role_that_is_not_held_says_nothing(client):
    rule("administrator", outside="refused")
    assert sign_in(client, OUTSIDE).location == "/admin/"


@pytest.mark.row("S09")
def test_who_must_have_a_factor_sets_it_up_before_anything_else(client):
    rule(always_factor=True)
    assert sign_in(client, INSIDE).location == "/login/set-up?next=/admin/"
    assert not is_in(client, INSIDE)
    page = client.get("/login/set-up?next=/admin/my-page/", environ_overrides=INSIDE)
    data = {"code": "000000", "next": "/admin/my-page/"}
    wrong = client.post("/login/set-up", data=data, environ_overrides=INSIDE)
    assert wrong.status_code == 422
    assert code_of(wrong.text) == code_of(page.text), "the picture stays the same"
    data["code"] = code_of(wrong.text)
    codes = client.post("/login/set-up", data=data, environ_overrides=INSIDE)
    assert codes.text.count("<li><code>") == 10
    assert 'href="/admin/my-page/"' in codes.text
    assert is_in(client, INSIDE)


def test_outside_nobody_sets_up_a_factor_with_the_password_alone(client):
    rule(always_factor=True)
    assert sign_in(client, OUTSIDE).status_code == 422
    sign_in(client, INSIDE)
    answer = client.get("/login/set-up", environ_overrides=OUTSIDE)
    assert answer.location.startswith("/login")


def test_without_any_network_the_factor_is_set_up_anywhere(client):
    rule(networks=[], always_factor=True)
    assert sign_in(client, OUTSIDE).location == "/login/set-up?next=/admin/"


def test_what_was_typed_is_carried_through_the_set_up(client):
    rule("administrator", always_factor=True)
    kept = {"kept-day": "2026-12-23", "next": "/admin/closed-days/new/"}
    page = sign_in(client, INSIDE, "admin", **kept)
    assert 'name="kept-day" value="2026-12-23"' in page.text
    data = {"code": code_of(page.text), **kept}
    codes = client.post("/login/set-up", data=data, environ_overrides=INSIDE)
    assert 'action="/admin/closed-days/new/"' in codes.text
    assert 'name="day" value="2026-12-23"' in codes.text


def test_a_factor_that_the_role_demands_is_not_turned_off(client):
    _device, codes = with_factor(ME)
    rule(always_factor=True)
    sign_in(client, INSIDE)
    client.post("/login/code", data={"code": codes[0]}, environ_overrides=INSIDE)
    data = {"present": PASSWORD, "code": codes[1]}
    answer = client.post("/admin/my-page/sign-in/off", data=data, environ_overrides=INSIDE)
    assert answer.status_code == 422
    assert "Din roll kräver tvåstegsinloggning." in answer.text
    db.session.expire_all()
    assert person(ME).totp_seal


@pytest.mark.row("H04")
def test_who_stands_in_for_a_role_signs_in_as_the_role_must(client):
    helper = "bitradande.omsorg"
    rule()
    assert sign_in(client, OUTSIDE, helper).location == "/admin/"
    client.post("/logout")
    values = {
        "absent_id": person(ME).id,
        "stand_in_id": person(helper).id,
        "first_day": local_today(),
        "last_day": local_today(),
    }
    add_stand_in(values, actor=actor(ME))
    db.session.commit()
    refused = sign_in(client, OUTSIDE, helper)
    assert (refused.status_code, "i kommunens nät" in refused.text) == (422, True)
    assert sign_in(client, INSIDE, helper).location == "/admin/"
