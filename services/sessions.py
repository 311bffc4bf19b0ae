"""Sessions of signed-in people: opening, keeping alive, ending (threat T29, goal G18).

The browser's signed cookie holds a random token, the table its SHA-256. A session is worth nothing
once its row is gone, whoever has a copy of the cookie.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import OperationalError

from domain.secret_links import hash_token
from extensions import db
from gateways.database import reading, writing
from models import User, UserSession, utcnow

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=10)
SEEN_STEP = timedelta(minutes=1)
"""That somebody was here is written at most this often."""


@dataclass(frozen=True)
class OpenSession:
    """A living session, as it was read."""

    token_hash: str
    user_id: int
    is_strong: bool
    started_at: datetime
    seen_at: datetime

    @property
    def ends_at(self) -> datetime:
        """When it ends if nothing more happens."""
        return min(self.seen_at + IDLE, self.started_at + ABSOLUTE)

    @property
    def can_be_renewed(self) -> bool:
        """Whether a click moves its end."""
        return self.seen_at + IDLE < self.started_at + ABSOLUTE


def open_session(user: User, *, address: str, is_strong: bool = False) -> str:
    """Make a session and return its token, which is nowhere else. The caller puts it in a cookie.

    `is_strong`: the second factor was given.
    """
    token, now = secrets.token_urlsafe(32), utcnow()
    db.session.add(
        UserSession(
            token_hash=hash_token(token),
            user_id=user.id,
            started_at=now,
            seen_at=now,
            is_strong=is_strong,
            address=address[:60],
        )
    )
    db.session.flush()
    return token


def find_session(token: str) -> OpenSession | None:
    """The living session of a token; None when it has ended, or was never ours.

    With a connection of its own, so that the request's transaction has not begun when it was read
    and keep_alive() may write.
    """
    columns = [getattr(UserSession, name) for name in OpenSession.__dataclass_fields__]
    query = select(*columns).where(UserSession.token_hash == hash_token(token))
    with reading(), db.engine.connect() as connection:
        row = connection.execute(query).one_or_none()
    found = OpenSession(*row) if row else None
    return found if found and found.ends_at > utcnow() else None


def keep_alive(found: OpenSession) -> OpenSession:
    """Note that somebody is here, at most once a minute. Before the request's own transaction.

    A database that is busy for long is no reason to refuse the page.
    """
    now = utcnow()
    if now - found.seen_at < SEEN_STEP:
        return found
    row = UserSession.token_hash == found.token_hash
    try:
        with writing(), db.engine.begin() as connection:
            connection.execute(update(UserSession).where(row).values(seen_at=now))
    except OperationalError:
        return found
    return replace(found, seen_at=now)


def end_session(token: str) -> None:
    """End this one session; those on other devices live on."""
    db.session.execute(delete(UserSession).where(UserSession.token_hash == hash_token(token)))


def end_all_sessions(user: User) -> None:
    """End every session of a person, at the very next request of each.

    What the person may do was changed first: a sign-in that waits for the row sees the change.
    """
    db.session.flush()
    db.session.execute(delete(UserSession).where(UserSession.user_id == user.id))


def count_sessions(user: User) -> int:
    """On how many devices the person is signed in."""
    living = (UserSession.user_id == user.id, UserSession.seen_at > utcnow() - IDLE)
    query = select(func.count()).select_from(UserSession).where(*living)
    return db.session.scalar(query) or 0


def purge_sessions(now: datetime) -> None:
    """Remove the rows of sessions that have ended by themselves. For the worker."""
    over = (UserSession.seen_at < now - IDLE) | (UserSession.started_at < now - ABSOLUTE)
    db.session.execute(delete(UserSession).where(over))
