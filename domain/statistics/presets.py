"""Periods by name: this year, last year, tertial, half-year, quarter, month."""

from __future__ import annotations

from datetime import date, timedelta

from domain.statistics.period import Period
from domain.text import _

OWN = "egen"

PERIOD_NAMES: dict[str, str] = {
    "i-ar": _("I år"),
    "forra-aret": _("Förra året"),
    "tertial": _("Den här tertialen"),
    "forra-tertialen": _("Förra tertialen"),
    "halvar": _("Det här halvåret"),
    "forra-halvaret": _("Förra halvåret"),
    "kvartal": _("Det här kvartalet"),
    "forra-kvartalet": _("Förra kvartalet"),
    "manad": _("Den här månaden"),
    "forra-manaden": _("Förra månaden"),
    OWN: _("Egna datum"),
}
"""Name in addresses → name on the page. Bookmarks and schedules hold the former."""

_MONTHS = {
    "i-ar": 12, "forra-aret": 12, "tertial": 4, "forra-tertialen": 4, "halvar": 6,
    "forra-halvaret": 6, "kvartal": 3, "forra-kvartalet": 3, "manad": 1, "forra-manaden": 1,
}  # fmt: skip


def named_period(name: str, today: date) -> Period:
    """The period called `name` on the day `today`. Raises KeyError for a name that is none."""
    months = _MONTHS[name]
    first = date(today.year, (today.month - 1) // months * months + 1, 1)
    if name.startswith("forra"):
        last = first - timedelta(days=1)
        return Period(date(last.year, (last.month - 1) // months * months + 1, 1), last)
    return Period(first, _after(first, months) - timedelta(days=1))


def _after(first: date, months: int) -> date:
    """The first day of the month so many months later."""
    number = first.year * 12 + first.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)
