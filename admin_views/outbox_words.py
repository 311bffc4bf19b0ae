"""What people read in the outbox: states, purposes, ages and reasons in words."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _

from domain.mails import PURPOSES, STATES
from models import OutboxMessage, utcnow
from queries.outbox import Seen
from services.outbox import TRIED_FOR

TONES = {"queued": "info", "sending": "info", "sent": "success", "failed": "danger"}
LONG_WAIT = timedelta(minutes=15)
"""A mail that waits longer needs somebody's attention."""

SHOW_LABELS = {
    "": _("Alla"),
    "waiting": _("Väntar"),
    "sent": _("Skickade"),
    "failed": _("Kom inte fram"),
}


class Choices:
    """The lists of the filter: (value, label)."""

    @property
    def ages(self) -> list[tuple[str, str]]:
        return [
            ("", gettext("Alla")),
            ("day", gettext("Senaste dygnet")),
            ("week", gettext("Senaste veckan")),
            ("older-15min", gettext("Äldre än 15 minuter")),
            ("older-day", gettext("Äldre än ett dygn")),
        ]

    @property
    def purposes(self) -> list[tuple[str, str]]:
        known = [(key, gettext(label)) for key, label in PURPOSES.items()]
        return [("", gettext("Alla")), *sorted(known, key=lambda item: item[1])]


def purpose(message: OutboxMessage) -> str:
    return gettext(PURPOSES.get(message.purpose, PURPOSES["other"]))


def state(message: OutboxMessage) -> tuple[str, str]:
    """(words, tone) of the badge."""
    if message.bounced_at is not None and message.state == "failed":
        return gettext("Kom tillbaka"), TONES["failed"]
    return gettext(STATES[message.state]), TONES[message.state]


def error(mail: Seen) -> str:
    """Why it has not left, or why it took more than one try; nothing for what has arrived."""
    return "" if mail.message.state == "sent" else mail.error


def age(message: OutboxMessage) -> str:
    """How long ago it was written."""
    return duration(utcnow() - message.created_at)


def waited(oldest_until: datetime | None, now: datetime) -> str:
    """How long the oldest mail has waited, when that is too long, else "".

    A mail that was tried again counts from then on.
    """
    if oldest_until is None or (waits := now - (oldest_until - TRIED_FOR)) <= LONG_WAIT:
        return ""
    return duration(waits)


def duration(length: timedelta) -> str:
    """In one unit, in words: "3 timmar"."""
    length = max(length, timedelta())
    if length < timedelta(hours=1):
        minutes = length // timedelta(minutes=1)
        return ngettext("%(num)s minut", "%(num)s minuter", minutes)
    if length < timedelta(days=2):
        hours = length // timedelta(hours=1)
        return ngettext("%(num)s timme", "%(num)s timmar", hours)
    return ngettext("%(num)s dygn", "%(num)s dygn", length.days)
