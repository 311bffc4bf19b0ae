"""System → Inloggning, the page: one rule a role, checked, recorded, never against oneself."""

from __future__ import annotations

import pytest

from extensions import db
from models import AuditEntry, RoleRule
from tests.support.forms import form_data

pytestmark = pytest.mark.usefixtures("town")
INSIDE = {"REMOTE_ADDR": "192.0.2.17"}
PAGE = "/admin/role-rules/"


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
    db.session.add(RoleRule(role="responsible", networks=["198.51.100.0/24"]))
    db.session.commit()
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
