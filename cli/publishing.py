"""What the worker does about publication: cases appear on their day, and go when it is over."""

from __future__ import annotations

from collections.abc import Callable

from services.publishing.chores import publish_next, withdraw_next
from services.unit_of_work import unit_of_work

AT_ONCE = 25
"""Cases in one round: the mails wait meanwhile."""


def keep_published() -> None:
    """Take back first, then publish, each case in a transaction of its own."""
    for deed in (withdraw_next, publish_next):
        _some(deed)


def _some(deed: Callable[[], bool]) -> None:
    for _number in range(AT_ONCE):
        with unit_of_work():
            if not deed():
                return
