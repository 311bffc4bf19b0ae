"""Now, and local time. Times are stored in UTC; days are days in Sweden."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")
_pretended: ContextVar[datetime | None] = ContextVar("pretended", default=None)


def now() -> datetime:
    """Now, in UTC, or the moment that as_of() pretends it is."""
    return _pretended.get() or datetime.now(UTC)


@contextmanager
def as_of(moment: datetime) -> Iterator[None]:
    """Inside, it is `moment` (aware): for playing what happened earlier, as the demo does."""
    token = _pretended.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _pretended.reset(token)


def local_datetime(moment: datetime) -> datetime:
    """`moment` (aware) as the clock on the wall in Sweden shows it."""
    return moment.astimezone(STOCKHOLM)


def local_date(moment: datetime) -> date:
    """The day in Sweden at `moment`: 23:59 on Friday is Friday, whatever the UTC date says."""
    return local_datetime(moment).date()


def local_today() -> date:
    """Today in Sweden."""
    return local_date(now())
