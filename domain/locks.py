"""Work locks (arbetslås): what a person finds when opening a case (manual S25, S26)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

LOCK_MINUTES = (1, 120)
"""The shortest and the longest that a work lock may outlive the last activity."""


class Hold(StrEnum):
    """Whose the lock is, as one tab of one person sees it."""

    FREE = "free"
    HERE = "here"
    ELSEWHERE = "elsewhere"  # one's own, in another tab or browser
    OTHERS = "others"


@dataclass(frozen=True)
class LockView:
    """The lock of one case as one tab sees it. `holder` and `since` are empty when it is free."""

    hold: Hold
    holder: str = ""
    since: datetime | None = None

    @property
    def may_write(self) -> bool:
        """Whether this tab may save: it holds the lock, or can take it while saving."""
        return self.hold in (Hold.FREE, Hold.HERE)
