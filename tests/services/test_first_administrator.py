"""`user create-admin`: how an empty installation gets its first person."""

from __future__ import annotations

import re

import pytest

from extensions import db
from models import AuditEntry, RoleRule, Unit, User
from services.people import grants_of


def run(app, *arguments, command="create-admin"):
    from tests.support.client import settle

    settle()
    return app.test_cli_runner().invoke(args=["user", command, *arguments])


def test_the_first_administrator_gets_a_link_and_chooses_the_password(app):
    result = run(app, "--username", "Anna.A", "--name", "Anna Andersson")
    assert result.exit_code == 0, result.output
    path = re.search(r"http://[^/]+(/losenord/\S+)", result.output).group(1)
    anna = db.session.scalars(db.select(User).filter_by(username="anna.a")).one()
    (grant,) = grants_of(anna)
    assert anna.password_hash == ""
    assert (grant.role, grant.unit_id) == (
        "administrator",
        db.session.scalars(db.select(Unit.id)).one(),
    )
    chosen = {"password": "blåbär och fil i juli", "repeated": "blåbär och fil i juli"}
    client = app.test_client()
    assert client.post(path, data=chosen).status_code == 302
    data = {"username": "anna.a", "password": chosen["password"]}
    assert client.post("/login", data=data).status_code == 302
    assert client.get("/admin/users/").status_code == 200


def test_an_empty_installation_has_no_account_at_all(app):
    assert db.session.scalars(db.select(User)).all() == []


@pytest.mark.usefixtures("town")
def test_there_is_no_second_first_administrator(app):
    result = run(app, "--username", "anna", "--name", "Anna")
    assert result.exit_code == 1
    assert "Det finns redan en administratör." in result.output


@pytest.mark.usefixtures("town")
def test_who_cannot_sign_in_any_more_gets_a_link_from_the_command_line(app):
    result = run(app, "admin", command="link")
    path = re.search(r"http://[^/]+(/losenord/\S+)", result.output).group(1)
    assert app.test_client().get(path).status_code == 200
    result = run(app, "finns.inte", command="link")
    assert result.exit_code == 1
    assert "Det finns ingen med användarnamnet finns.inte." in result.output


@pytest.mark.usefixtures("town")
def test_a_lost_second_factor_and_bad_rules_are_taken_away_from_the_command_line(app):
    admin = db.session.scalars(db.select(User).filter_by(username="admin")).one()
    admin.totp_seal = "nonce"
    db.session.add(RoleRule(role="administrator", networks=["192.0.2.0/24"], outside="refused"))
    client = app.test_client().login("admin")
    assert client.get("/admin/users/").status_code == 302
    assert run(app, "admin", command="reset-factor").exit_code == 0
    assert run(app, command="clear-rules").output == "Borttagna regler: 1\n"
    assert client.login("admin").get("/admin/users/").status_code == 200
    log = db.session.scalars(db.select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [e.action for e in log][-2:] == ["factor.reset", "sign-in.rule-changed"]
