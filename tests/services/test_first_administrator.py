"""`user create-admin`: how an empty installation gets its first person."""

from __future__ import annotations

import re

import pytest

from extensions import db
from models import Unit, User
from services.passwords import verify_password
from services.people import grants_of


def run(app, *arguments, given=None):
    from tests.support.client import settle

    settle()
    return app.test_cli_runner().invoke(args=["user", "create-admin", *arguments], input=given)


def test_the_first_administrator_gets_a_password_that_is_shown_once(app):
    result = run(app, "--username", "Anna.A", "--name", "Anna Andersson")
    assert result.exit_code == 0, result.output
    shown = re.search(r"visas bara nu\): (\S+)", result.output).group(1)
    anna = db.session.scalars(db.select(User).filter_by(username="anna.a")).one()
    (grant,) = grants_of(anna)
    assert verify_password(anna.password_hash, shown)
    assert (grant.role, grant.unit_id) == (
        "administrator",
        db.session.scalars(db.select(Unit.id)).one(),
    )


def test_an_own_password_is_asked_for_and_not_shown(app):
    given = "ett-eget-langt-losenord\nett-eget-langt-losenord\n"
    result = run(app, "--username", "anna", "--name", "Anna", "--ask", given=given)
    assert result.exit_code == 0, result.output
    assert "ett-eget-langt-losenord" not in result.output


def test_a_short_password_makes_nobody(app):
    result = run(app, "--username", "anna", "--name", "Anna", "--ask", given="kort\nkort\n")
    assert result.exit_code == 1
    assert db.session.scalars(db.select(User)).all() == []


@pytest.mark.usefixtures("town")
def test_there_is_no_second_first_administrator(app):
    result = run(app, "--username", "anna", "--name", "Anna")
    assert result.exit_code == 1
    assert "Det finns redan en administratör." in result.output
