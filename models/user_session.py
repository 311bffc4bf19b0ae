"""Sessions of signed-in people. The browser holds a token, this table its SHA-256."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, UTCDateTime


class UserSession(Base):
    """One living session. `is_strong`: a second factor was given. Ended ones are deleted."""

    __tablename__ = "user_sessions"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    started_at: Mapped[datetime] = mapped_column(UTCDateTime)
    seen_at: Mapped[datetime] = mapped_column(UTCDateTime)
    is_strong: Mapped[bool] = mapped_column(default=False)
    address: Mapped[str] = mapped_column(String(60), default="")
