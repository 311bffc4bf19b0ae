"""Accounts: signing in and out, and passwords. Who is let in is recorded, and who is not."""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import dataclass

from sqlalchemy import select

from domain.permissions import Actor
from extensions import db
from models import User, utcnow
from services.actors import actor_of
from services.audit import record
from services.passwords import hash_password, needs_rehash
from services.rate_limits import allowed, forgive, network_of

STRANGER = Actor(None, "Ej inloggad")
BY_ADDRESS = ("login-address", 20, 60)  # name, tries, seconds: whole offices share an address
BY_ACCOUNT = ("login-account", 5, 60)


@dataclass(frozen=True)
class Attempt:
    """One try to sign in. `stored` is the hash to compare with, "" when nobody has that name."""

    username: str
    network: str
    user_id: int | None = None
    stored: str = ""


def new_stamp() -> str:
    """A session stamp: giving a person a new one ends all of that person's sessions."""
    return secrets.token_urlsafe(24)


def normal_username(text: str) -> str:
    """The spelling under which user names are stored and compared."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def begin_sign_in(username: str, address: str) -> Attempt | None:
    """Count the try and find the hash to compare with; None when there were too many tries.

    Counting comes before hashing, which is the costly part (T27). The password is compared
    between begin and finish, outside any transaction.
    """
    name, network = normal_username(username), network_of(address)
    if not _counted(BY_ADDRESS, network) or not _counted(BY_ACCOUNT, name):
        return None
    user = db.session.scalar(select(User).where(User.username == name))
    if user is None:
        return Attempt(name, network)
    return Attempt(name, network, user.id, user.password_hash)


def _counted(rule: tuple[str, int, int], subject: str) -> bool:
    name, limit, seconds = rule
    return allowed(name, subject, limit, seconds)


def finish_sign_in(attempt: Attempt, *, matches: bool, password: str) -> User | None:
    """The person who is now signed in, or None. Unknown, wrong and inactive are not told apart."""
    user = db.session.get(User, attempt.user_id) if attempt.user_id else None
    if user is None or not matches or not user.is_active or not attempt.stored:
        record(STRANGER, "session.refused", subject=f"users {user.id}" if user else "")
        return None
    if needs_rehash(attempt.stored):
        user.password_hash = hash_password(password)
    for (name, limit, seconds), subject in (
        (BY_ADDRESS, attempt.network),
        (BY_ACCOUNT, attempt.username),
    ):
        forgive(name, subject, limit, seconds)
    user.session_stamp = user.session_stamp or new_stamp()
    user.last_login_at = utcnow()
    record(actor_of(user), "session.started", subject=f"users {user.id}")
    return user


def sign_out(user: User) -> None:
    """End all sessions of `user`, copies of the cookie included (T29)."""
    user.session_stamp = new_stamp()
    record(actor_of(user), "session.ended", subject=f"users {user.id}")


def set_password(user: User, password: str, *, actor: Actor) -> None:
    """Give `user` a new password and end the sessions that began with the old one."""
    user.password_hash = hash_password(password)
    user.session_stamp = new_stamp()
    record(actor, "user.password-set", subject=f"users {user.id}")
