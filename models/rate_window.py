"""Counters of the rate limits, shared by all web processes; keys are hashes, not addresses."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class RateWindow(Base):
    """How often something happened in one window. `expires_at` is Unix time in seconds."""

    __tablename__ = "rate_windows"

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    hits: Mapped[int] = mapped_column(default=0)
    expires_at: Mapped[int] = mapped_column(index=True)
