"""Periods of reports, and the day of a case that decides whether it belongs to one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.text import _

FIRST_YEAR, LAST_YEAR = 2000, 2099
"""The years that can be asked for."""


class Basis(StrEnum):
    """Which day of a case must lie in the period (domain notes §4.2)."""

    RECEIVED = "received"
    REGISTERED = "registered"
    CLOSED = "closed"


BASIS_WORDS = {
    Basis.RECEIVED: _("Inkom"),
    Basis.REGISTERED: _("Registrerat"),
    Basis.CLOSED: _("Avslutat"),
}


@dataclass(frozen=True)
class Period:
    """From `first` up to and with `last`, local days."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def year_before(self) -> Period:
        """The same dates one year before; 29 February becomes the 28th."""
        return Period(_year_before(self.first), _year_before(self.last))


def _year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)
