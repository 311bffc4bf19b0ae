"""Local time. Times are stored in UTC; days are days in Sweden."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def local_datetime(moment: datetime) -> datetime:
    """`moment` (aware) as the clock on the wall in Sweden shows it."""
    return moment.astimezone(STOCKHOLM)


def local_date(moment: datetime) -> date:
    """The day in Sweden at `moment`: 23:59 on Friday is Friday, whatever the UTC date says."""
    return local_datetime(moment).date()


def local_today() -> date:
    """Today in Sweden."""
    return local_date(datetime.now(UTC))
