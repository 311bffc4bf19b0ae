"""System → Inloggning: from where and with what the people of each role sign in (manual H04)."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from app import create_app
from extensions import current_settings, db
from models import AuditEntry, RoleRule, UserSession
from tests.support.cases import person
from tests.support.client import Client
from tests.support.factor import code_of, with_factor
from tests.support.forms import form_data
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


# --- behind a proxy


def spoofing(client, claimed, where):
    data = {"username": ME, "password": PASSWORD}
    return client.post(
        "/login", data=data, environ_overrides=where, headers={"X-Forwarded-For": claimed}
    )


def test_without_a_proxy_nobody_believes_what_a_client_says_of_its_address(client):
    rule(outside="refused")
    assert spoofing(client, "192.0.2.17", OUTSIDE).status_code == 422
    assert spoofing(client, "203.0.113.9", INSIDE).status_code == 302


@pytest.fixture
def proxied(app):
    """A client of the application behind one proxy."""
    served = create_app(replace(current_settings(), proxy_hops=1))
    served.test_client_class = Client
    return served.test_client()


def test_behind_one_proxy_only_its_own_word_counts(proxied):
    rule(outside="refused")
    proxy = {"REMOTE_ADDR": "127.0.0.1"}
    assert spoofing(proxied, "192.0.2.17, 203.0.113.9", proxy).status_code == 422
    assert spoofing(proxied, "203.0.113.9, 192.0.2.17", proxy).status_code == 302


def test_a_guesser_who_claims_new_addresses_is_counted_as_one(proxied):
    proxy = {"REMOTE_ADDR": "127.0.0.1"}
    answers = []
    for number in range(25):
        data = {"username": f"name{number}", "password": "fel-losenord-har"}
        headers = {"X-Forwarded-For": f"198.51.100.{number}, 203.0.113.9"}
        sent = proxied.post("/login", data=data, environ_overrides=proxy, headers=headers)
        answers.append(sent.status_code)
    assert answers == [422] * 20 + [429] * 5
    data = {"username": ME, "password": PASSWORD}
    victim = proxied.post(
        "/login", data=data, environ_overrides=proxy, headers={"X-Forwarded-For": "198.51.100.3"}
    )
    assert victim.status_code == 302


# --- the page


def fill(client, where=INSIDE, **changes):
    page = client.get(PAGE, environ_overrides=where)
    assert page.status_code == 200
    data = {**form_data(page.text, "sign-in-form"), **changes}
    return client.post(PAGE, data=data, environ_overrides=where)


def stored(role):
    db.session.expire_all()
    row = db.session.get(RoleRule, role)
    return (row.networks, row.outside, row.always_factor) if row else None


@pytest.mark.row("H04")
@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        ("factor_outside", (["192.0.2.0/24", "2001:db8::/32"], "factor", False)),
        ("factor", (["192.0.2.0/24", "2001:db8::/32"], "factor", True)),
        ("inside", (["192.0.2.0/24", "2001:db8::/32"], "refused", False)),
        ("inside_factor", (["192.0.2.0/24", "2001:db8::/32"], "refused", True)),
        ("free", None),
    ],
)
def test_the_administrator_chooses_a_sentence_and_networks_for_each_role(client, mode, expected):
    rule("responsible")
    client.login("admin")
    networks = "192.0.2.99/24\r\n 2001:db8::/32 \r\n\r\n192.0.2.0/24"
    changes = {"responsible-mode": mode, "responsible-networks": networks}
    assert fill(client, **changes).status_code == 302
    assert stored("responsible") == expected
    page = client.get(PAGE, environ_overrides=INSIDE).text
    assert "192.0.2.17" in page, "the own address is shown"
    again = form_data(page, "sign-in-form")
    assert again["responsible-mode"] == [mode]
    assert client.post(PAGE, data=again, environ_overrides=INSIDE).status_code == 302
    assert stored("responsible") == expected


def test_a_changed_rule_is_recorded_and_an_unchanged_one_is_not(client):
    client.login("admin")
    fill(client, **{"reader-mode": "inside", "reader-networks": "192.0.2.0/24"})
    fill(client)
    rows = db.session.scalars(db.select(AuditEntry).filter_by(action="sign-in.rule-changed")).all()
    assert [(row.subject, row.old) for row in rows] == [("role_rules reader", None)]
    assert rows[0].new["networks"] == ["192.0.2.0/24"]
    assert (
        "Regel för inloggning ändrad" in client.get("/admin/audit/", environ_overrides=INSIDE).text
    )


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reader-mode": "inside"}, "Skriv minst ett nät."),
        ({"reader-mode": "factor_outside"}, "Skriv minst ett nät."),
        ({"reader-networks": "192.0.2.0/33"}, "192.0.2.0/33 är inget nät."),
        ({"reader-networks": "<script>"}, "&lt;script&gt; är inget nät."),
        ({"reader-mode": "king"}, ""),
        ({"reader-networks": "\n".join(f"10.0.{n}.0/24" for n in range(201))}, "för många nät"),
        (
            {"administrator-mode": "inside", "administrator-networks": "10.0.0.0/8"},
            "Du skulle stänga ute dig själv: din adress 192.0.2.17",
        ),
        (
            {"administrator-mode": "factor_outside", "administrator-networks": "10.0.0.0/8"},
            "har ingen tvåstegsinloggning. Ställ in den på Min sida först.",
        ),
    ],
)
def test_rules_that_make_no_sense_or_shut_oneself_out_are_refused(client, changes, sentence):
    client.login("admin")
    answer = fill(client, **changes)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert all(stored(role) is None for role in ("reader", "administrator"))
    typed = next(iter(changes.values()))
    assert (
        "king" in typed
        or typed.split("\n")[0].replace("<", "&lt;").replace(">", "&gt;") in answer.text
    )


def test_who_asks_oneself_for_a_factor_is_led_to_set_it_up(client):
    client.login("admin")
    answer = fill(client, **{"administrator-mode": "factor"})
    assert answer.status_code == 302
    assert client.get(PAGE, environ_overrides=INSIDE).location.startswith("/login")
    shown = client.get("/login", environ_overrides=INSIDE)
    assert shown.location.startswith("/login/set-up")
    assert "Regeln gäller dig också" in client.get(shown.location, environ_overrides=INSIDE).text


def test_only_who_may_change_the_system_sees_the_rules(client):
    assert client.login("registrator.hjo").get(PAGE).status_code == 403
    assert client.post(PAGE, data={}).status_code == 403
