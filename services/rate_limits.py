"""Rate limits that all processes share, without keeping anybody's address.

Fixed windows of the package `limits` on our own table. The table's keys are keyed hashes, and the
key changes every day: nobody can tell later who stood behind a counter (threats T37, T58; G32).
"""

from __future__ import annotations

import hashlib
import hmac
import math
import time
from ipaddress import IPv6Address, ip_address, ip_network

from limits import RateLimitItemPerSecond
from limits.storage import Storage
from limits.strategies import FixedWindowRateLimiter
from sqlalchemy import case, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError

from domain.clock import local_today
from extensions import current_settings, db
from models import RateWindow


def allowed(name: str, subject: str, limit: int, seconds: int) -> bool:
    """Count one more of `name` by `subject`; False when that makes more than `limit` in `seconds`.

    `subject` is whatever shall be limited: an address from network_of(), a user name. The count
    belongs to the caller's transaction: use a unit of work of its own, before the deed.
    """
    item = RateLimitItemPerSecond(limit, seconds)
    return _limiter.hit(item, _hidden(name, subject))


def forgive(name: str, subject: str, limit: int, seconds: int) -> None:
    """Take one count of allowed() back: a try that turned out well does not use up the limit."""
    item = RateLimitItemPerSecond(limit, seconds)
    _limiter.hit(item, _hidden(name, subject), cost=-1)


def has_room(name: str, subject: str, limit: int, seconds: int) -> bool:
    """Whether allowed() would say yes, without counting."""
    return _limiter.test(RateLimitItemPerSecond(limit, seconds), _hidden(name, subject))


def seconds_left(name: str, subject: str, limit: int, seconds: int) -> int:
    """How long until the window of allowed() ends; 0 when none is open."""
    key = RateLimitItemPerSecond(limit, seconds).key_for(_hidden(name, subject))
    ends = db.session.scalar(select(RateWindow.expires_at).where(RateWindow.key == key)) or 0
    return max(math.ceil(ends - time.time()), 0)


def count(name: str, subject: str, seconds: int) -> int:
    """Count one more of `name` by `subject`; how often that was within `seconds`."""
    return _storage.incr(_hidden(name, subject), seconds)


def counted(name: str, subject: str) -> int:
    """What count() came to, without counting."""
    return _storage.get(_hidden(name, subject))


def pause(name: str, subject: str, seconds: int) -> None:
    """Begin a pause, which paused() tells of. A new one takes the place of the old one."""
    forget(name, subject)
    _storage.incr(_hidden(name, subject), seconds)


def paused(name: str, subject: str) -> int:
    """The seconds that are left of a pause; 0 when there is none."""
    return max(math.ceil(_storage.get_expiry(_hidden(name, subject)) - time.time()), 0)


def forget(name: str, subject: str) -> None:
    """Forget what count() or pause() keeps of `subject`."""
    _storage.clear(_hidden(name, subject))


def network_of(address: str | None) -> str:
    """What counts as one sender: an IPv4 address, or the /64 that an IPv6 customer owns."""
    try:
        found = ip_address(address or "")
    except ValueError:
        return "unknown"
    if isinstance(found, IPv6Address):
        mapped = found.ipv4_mapped
        return str(mapped or ip_network((int(found), 64), strict=False))
    return str(found)


def purge_windows() -> None:
    """Remove the counters whose window has ended. For the worker."""
    db.session.execute(delete(RateWindow).where(RateWindow.expires_at < time.time()))


def _hidden(name: str, subject: str) -> str:
    today = f"rate limits {local_today()}"
    daily_key = hmac.digest(current_settings().secret_key.encode(), today.encode(), "sha256")
    return hmac.new(daily_key, f"{name}:{subject}".encode(), hashlib.sha256).hexdigest()


class TableStorage(Storage):
    """The storage of `limits` on models.RateWindow: one upsert per hit, in the session."""

    STORAGE_SCHEME = ["table"]

    @property
    def base_exceptions(self) -> type[Exception] | tuple[type[Exception], ...]:
        return SQLAlchemyError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        now = int(time.time())
        is_sqlite = db.session.get_bind().dialect.name == "sqlite"
        insert = sqlite.insert if is_sqlite else postgresql.insert
        ended = RateWindow.expires_at <= now
        statement = (
            insert(RateWindow)
            .values(key=key, hits=amount, expires_at=now + expiry)
            .on_conflict_do_update(
                index_elements=[RateWindow.key],
                set_={
                    "hits": case((ended, amount), else_=RateWindow.hits + amount),
                    "expires_at": case((ended, now + expiry), else_=RateWindow.expires_at),
                },
            )
            .returning(RateWindow.hits)
        )
        return db.session.execute(statement).scalar_one()

    def get(self, key: str) -> int:
        living = (RateWindow.key == key, RateWindow.expires_at > time.time())
        return db.session.scalar(select(RateWindow.hits).where(*living)) or 0

    def get_expiry(self, key: str) -> float:
        expires_at = db.session.scalar(select(RateWindow.expires_at).where(RateWindow.key == key))
        return float(expires_at or time.time())

    def check(self) -> bool:
        return True

    def reset(self) -> int | None:
        db.session.execute(delete(RateWindow))
        return None

    def clear(self, key: str) -> None:
        db.session.execute(delete(RateWindow).where(RateWindow.key == key))


_storage = TableStorage()
_limiter = FixedWindowRateLimiter(_storage)
