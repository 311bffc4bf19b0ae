"""Accounts: signing in and out, and passwords. Who is let in is recorded, and who is not."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from sqlalchemy import select

from domain.permissions import Actor
from domain.sign_in import Standing
from extensions import db
from models import User, utcnow
from services.actors import actor_of
from services.audit import record
from services.passwords import check_password, hash_password, needs_rehash
from services.rate_limits import allowed, forgive, network_of, seconds_left
from services.second_factor import code_is_right
from services.sessions import end_all_sessions, end_session
from services.sign_in_rules import standing_of
from services.throttle import note_failure, note_success, seconds_to_wait
from services.work_locks import release_all

STRANGER = Actor(None, "Ej inloggad")
BY_ADDRESS = ("login-address", 20, 60)  # name, tries, seconds: whole offices share an address
BY_ACCOUNT = "login-account"
BY_CODE = "login-code"


@dataclass(frozen=True)
class Attempt:
    """One try to sign in. `stored` is the hash to compare with, "" when nobody has that name.

    `wait` > 0: there were too many tries; so many seconds must pass, and nothing is compared.
    """

    username: str
    address: str
    wait: int = 0
    user_id: int | None = None
    stored: str = ""


def normal_username(text: str) -> str:
    """The spelling under which user names are stored and compared."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def begin_sign_in(username: str, address: str) -> Attempt:
    """Count the try and find the hash to compare with, unless there were too many tries.

    Counting comes before hashing, which is the costly part (T27). The password is compared
    between begin and finish, outside any transaction.
    """
    name, network = normal_username(username), network_of(address)
    limit_name, limit, seconds = BY_ADDRESS
    if not allowed(limit_name, network, limit, seconds):
        return _too_many(name, address, max(seconds_left(limit_name, network, limit, seconds), 1))
    if wait := seconds_to_wait(BY_ACCOUNT, name):
        return _too_many(name, address, wait)
    user = db.session.scalar(select(User).where(User.username == name))
    if user is None:
        return Attempt(name, address)
    return Attempt(name, address, 0, user.id, user.password_hash)


def finish_sign_in(attempt: Attempt, *, matches: bool, password: str) -> User | None:
    """The person whose password was right, or None. Unknown, wrong, inactive: all the same.

    None too for somebody who may not sign in from this address at all (manual H04). Whether a
    second factor is asked for says standing_of(). The row is locked: a password or roles that
    change meanwhile are seen.
    """
    user = db.session.get(User, attempt.user_id or 0, with_for_update=True, populate_existing=True)
    unchanged = user is not None and user.password_hash == attempt.stored
    if user is None or not (matches and unchanged and user.is_active and attempt.stored):
        _refuse(attempt, user)
        return None
    name, limit, seconds = BY_ADDRESS
    forgive(name, network_of(attempt.address), limit, seconds)
    note_success(BY_ACCOUNT, attempt.username)
    standing = standing_of(user, attempt.address, is_strong=False)
    if standing is Standing.REFUSED:
        record_refusal(user, "address")
        return None
    if needs_rehash(attempt.stored):
        user.password_hash = hash_password(password)
    if standing is Standing.SIGNED_IN:
        note_started(user)
    return user


def seconds_before_code(user: User) -> int:
    """Count one try with a code of the second factor; how many seconds to wait first, 0 for none.

    In a transaction of its own: what is refused afterwards is counted all the same.
    """
    return seconds_to_wait(BY_CODE, str(user.id))


def give_code(user: User, typed: str) -> bool:
    """Whether the code of the second factor is right. Call seconds_before_code() first."""
    if not code_is_right(user, typed):
        note_failure(BY_CODE, str(user.id))
        record_refusal(user, "code")
        return False
    note_success(BY_CODE, str(user.id))
    return True


def note_wrong_password(user: User) -> None:
    """The password that a signed-in person gave to confirm something was wrong."""
    note_failure(BY_CODE, str(user.id))
    record_refusal(user, "password")


def note_started(user: User) -> None:
    """Record that somebody is signed in, with all that was asked for."""
    user.last_login_at = utcnow()
    record(actor_of(user), "session.started", subject=f"users {user.id}")


def record_refusal(user: User | None, why: str) -> None:
    """Record that somebody was not let in: password, code, address or too-many."""
    subject = f"users {user.id}" if user else ""
    record(STRANGER, "session.refused", subject=subject, field=why)


def sign_out(user: User, token: str) -> None:
    """End one session, copies of its cookie included (T29). Other devices stay signed in.

    The person's work locks are given back: who logs out is not working on a case.
    """
    end_session(token)
    release_all(user.id)
    record(actor_of(user), "session.ended", subject=f"users {user.id}")


def sign_out_everywhere(user: User) -> None:
    """End all sessions of a person."""
    end_all_sessions(user)
    record(actor_of(user), "session.all-ended", subject=f"users {user.id}")


def set_password(user: User, password: str, *, actor: Actor) -> None:
    """Give `user` a new password and end the sessions that began with the old one.

    Raises RuleBroken for one that is too short, too long or too easy to guess.
    """
    check_password(password, user.username, user.name, user.email)
    user.password_hash = hash_password(password)
    end_all_sessions(user)
    record(actor, "user.password-set", subject=f"users {user.id}")


def _too_many(name: str, address: str, wait: int) -> Attempt:
    """Recorded once a minute for each name: the log is not for whoever hammers to fill."""
    if allowed("login-told", name, 1, 60):
        user = db.session.scalar(select(User).where(User.username == name))
        record_refusal(user, "too-many")
    return Attempt(name, address, wait)


def _refuse(attempt: Attempt, user: User | None) -> None:
    note_failure(BY_ACCOUNT, attempt.username)
    record_refusal(user, "password")
