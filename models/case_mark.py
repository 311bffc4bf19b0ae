"""Marks that people put on cases: the own favourite (★) and the flag that colleagues see (🚩)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, UTCDateTime


class CaseFavourite(Base):
    """One person's own mark on a case. Nobody else sees it; it goes with the person."""

    __tablename__ = "case_favourites"

    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    case_id: Mapped[int] = mapped_column(
        ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    marked_at: Mapped[datetime] = mapped_column(UTCDateTime)


class CaseFlag(Base):
    """The flag of a case, one at most: why, by whom, since when. Beside the case's own row, so
    that flagging does not count as a change that somebody who is writing would collide with.
    """

    __tablename__ = "case_flags"

    case_id: Mapped[int] = mapped_column(
        ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True
    )
    reason: Mapped[str] = mapped_column(String(200))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    flagged_at: Mapped[datetime] = mapped_column(UTCDateTime)
