"""Secret links of cases: issued, found, revoked; the database alone opens none (T38, G15)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from extensions import db
from models import SecretLink
from services.secret_links import (
    code_fits,
    current_link,
    find_by_code,
    find_case,
    issue_link,
    known_link,
    link_of,
    revoke_links,
)
from tests.support.cases import new_case

pytestmark = pytest.mark.usefixtures("app", "town")


@pytest.fixture
def another_key(app: Flask) -> Iterator[None]:
    """The installation's secret key was changed."""
    own = app.extensions["gensvar"]
    app.extensions["gensvar"] = replace(own, secret_key="another-key-0123456789abcdefghijklm")
    yield
    app.extensions["gensvar"] = own


def test_a_link_leads_to_its_case():
    case = new_case()
    link = issue_link(case)

    row = find_case(link.token)

    assert row is not None
    assert row.case_id == case.id
    assert link_of(row) == link


def test_number_and_code_lead_there_too_however_they_are_typed():
    case = new_case()
    link = issue_link(case)

    row = find_by_code(case.id, f" {link.code[:5].lower()}-{link.code[5:]} ")

    assert row is not None
    assert row.case_id == case.id
    assert code_fits(row, link.code)


def test_a_code_opens_its_own_case_only():
    link = issue_link(new_case())
    other = new_case()

    assert find_by_code(other.id, link.code) is None
    assert find_by_code(999_999, link.code) is None
    assert find_by_code(other.id, "") is None


def test_a_wrong_token_finds_nothing():
    assert find_case("x" * 43) is None
    assert find_case("") is None


def test_later_mails_carry_the_same_link():
    case = new_case()
    link = issue_link(case)

    assert current_link(case) == link
    assert known_link(case) == link


def test_a_revoked_link_and_its_code_are_dead():
    case = new_case()
    link = issue_link(case)

    revoke_links(case)

    assert find_case(link.token) is None
    assert find_by_code(case.id, link.code) is None
    assert current_link(case) != link


def test_the_database_holds_neither_token_nor_code():
    link = issue_link(new_case())

    rows = db.session.execute(db.select(SecretLink.__table__)).all()

    assert link.token not in repr(rows)
    assert link.code not in repr(rows)


@pytest.mark.usefixtures("another_key")
def test_with_another_key_the_code_in_the_database_opens_nothing():
    case = new_case()
    issue_link(case)
    row = db.session.query(SecretLink).filter_by(case_id=case.id).first()
    assert row is not None

    assert known_link(case) is not None  # made with the key in force
    row.code_hash = "0" * 64
    assert not code_fits(row, known_link(case).code)


def test_after_a_change_of_the_key_old_links_work_and_new_mails_get_a_new_one(
    app: Flask, request: pytest.FixtureRequest
):
    case = new_case()
    old = issue_link(case)

    request.getfixturevalue("another_key")

    assert known_link(case) is None
    new = current_link(case)
    assert new.token != old.token
    assert current_link(case) == new
    found = find_case(old.token)
    assert found is not None
    assert found.case_id == case.id
