"""Passwords and sign-in below the web: hashes, limits, the log."""

from __future__ import annotations

import pytest

from domain.errors import RuleBroken
from extensions import db
from services import accounts
from services.passwords import (
    LONGEST,
    NOBODYS_HASH,
    SHORTEST,
    hash_password,
    needs_rehash,
    verify_password,
)
from tests.support.cases import actor, person
from tests.support.town import PASSWORD

pytestmark = pytest.mark.usefixtures("app", "town")


def test_a_hash_is_argon2id_with_the_parameters_of_owasp():
    made = hash_password("x" * SHORTEST)
    assert made.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert NOBODYS_HASH.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert not needs_rehash(made)


def test_the_same_password_never_gives_the_same_hash():
    assert hash_password("x" * 20) != hash_password("x" * 20)


@pytest.mark.parametrize("length", [0, SHORTEST - 1, LONGEST + 1])
def test_too_short_and_too_long_are_refused(length):
    with pytest.raises(RuleBroken) as refused:
        hash_password("å" * length)
    assert refused.value.field == "password"


def test_letters_match_however_the_keyboard_sends_them():
    stored = hash_password("blåbärssoppa på å")
    assert verify_password(stored, "bla\u030aba\u0308rssoppa pa\u030a a\u030a")


@pytest.mark.parametrize("stored", ["", "nonsense", NOBODYS_HASH])
def test_nobodys_hash_opens_for_nothing(stored):
    assert not verify_password(stored, PASSWORD)


def test_an_account_without_a_password_lets_nobody_in():
    person("chef.hjo").password_hash = ""
    attempt = accounts.begin_sign_in("chef.hjo", "192.0.2.1")
    assert accounts.finish_sign_in(attempt, matches=True, password=PASSWORD) is None


def test_an_older_hash_is_renewed_at_sign_in():
    from argon2 import PasswordHasher

    user = person("chef.hjo")
    user.password_hash = PasswordHasher(time_cost=1, memory_cost=8192).hash(PASSWORD)
    attempt = accounts.begin_sign_in("chef.hjo", "192.0.2.1")
    matches = verify_password(attempt.stored, PASSWORD)
    assert accounts.finish_sign_in(attempt, matches=matches, password=PASSWORD) is user
    assert not needs_rehash(user.password_hash)
    assert verify_password(user.password_hash, PASSWORD)


def test_failures_count_for_the_name_and_for_the_network():
    for _ in range(5):
        assert accounts.begin_sign_in("chef.hjo", "192.0.2.1")
    assert accounts.begin_sign_in("chef.hjo", "198.51.100.7") is None
    assert accounts.begin_sign_in("chef.omsorg", "192.0.2.1")
    for number in range(20):
        accounts.begin_sign_in(f"name{number}", f"2001:db8::{number:x}")
    assert accounts.begin_sign_in("chef.social", "2001:db8::ffff") is None


def test_a_new_password_changes_the_stamp_and_is_recorded_without_it():
    user = person("chef.hjo")
    before = user.session_stamp
    accounts.set_password(user, "ett-helt-nytt-losenord", actor=actor("admin"))
    db.session.flush()
    assert user.session_stamp != before
    assert verify_password(user.password_hash, "ett-helt-nytt-losenord")
