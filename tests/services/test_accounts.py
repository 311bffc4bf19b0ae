"""Passwords and sign-in below the web: hashes, limits, the log."""

from __future__ import annotations

import pytest
import time_machine

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
from services.rate_limits import paused
from services.sessions import count_sessions, open_session
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
        assert not accounts.begin_sign_in("chef.hjo", "192.0.2.1").wait
    assert accounts.begin_sign_in("chef.hjo", "198.51.100.7").wait
    assert not accounts.begin_sign_in("chef.omsorg", "192.0.2.1").wait
    for number in range(20):
        accounts.begin_sign_in(f"name{number}", f"2001:db8::{number:x}")
    assert accounts.begin_sign_in("chef.social", "2001:db8::ffff").wait


def test_a_new_password_ends_all_sessions():
    user = person("chef.hjo")
    open_session(user, address="192.0.2.1")
    accounts.set_password(user, "ett-helt-nytt-losenord", actor=actor("admin"))
    db.session.flush()
    assert count_sessions(user) == 0
    assert verify_password(user.password_hash, "ett-helt-nytt-losenord")


def test_a_password_that_changed_while_the_old_one_was_compared_lets_nobody_in():
    attempt = accounts.begin_sign_in("chef.hjo", "192.0.2.1")
    accounts.set_password(person("chef.hjo"), "ett-helt-nytt-losenord", actor=actor("admin"))
    assert accounts.finish_sign_in(attempt, matches=True, password=PASSWORD) is None


@pytest.mark.parametrize(
    "password",
    ["aaaaaaaaaaaaaaaaaaaa", "1212121212121212", "chef.hjochef.hjo", "gensvar gensvar gensvar",
     "Lösenordlösenord"],
)  # fmt: skip
def test_a_password_that_anybody_would_guess_is_refused(password):
    with pytest.raises(RuleBroken, match="lätt att gissa"):
        accounts.set_password(person("chef.hjo"), password, actor=actor("admin"))


def test_the_pause_grows_to_forty_two_seconds_and_no_further():
    start = time_machine.travel("2026-11-22 12:00:00+01:00", tick=False)
    with start as clock:
        pauses = []
        for _ in range(14):
            attempt = accounts.begin_sign_in("chef.hjo", "192.0.2.1")
            assert not attempt.wait
            accounts.finish_sign_in(attempt, matches=False, password="fel")
            pauses.append(paused("login-account-pause", "chef.hjo"))
            clock.shift(61)
        assert pauses == [0, 0, 0, 0, 2, 4, 8, 16, 32, 42, 42, 42, 42, 42]


def test_nobody_is_locked_out_for_good():
    with time_machine.travel("2026-11-22 12:00:00+01:00", tick=False) as clock:
        for _ in range(200):
            accounts.begin_sign_in("chef.hjo", "192.0.2.1")
        clock.shift(61)
        attempt = accounts.begin_sign_in("chef.hjo", "198.51.100.9")
        assert not attempt.wait
        assert accounts.finish_sign_in(attempt, matches=True, password=PASSWORD)
