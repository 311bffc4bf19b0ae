"""Work locks (arbetslås): who has a case open for editing, in which tab."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, UTCDateTime
from models.user import User


class WorkLock(Base):
    """The lock of one case. `tab` is the SHA-256 of the token that only the holder's tab knows.

    It holds until `seen_at` is older than the municipality's `lock_minutes`.
    """

    __tablename__ = "work_locks"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    tab: Mapped[str] = mapped_column(String(64))
    taken_at: Mapped[datetime] = mapped_column(UTCDateTime)
    seen_at: Mapped[datetime] = mapped_column(UTCDateTime)

    user: Mapped[User] = relationship()
