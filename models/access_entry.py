"""The access log (Åtkomstlogg): every reading of a case, a file, an export. Append-only."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, UTCDateTime


class AccessEntry(Base):
    """Who read what, when. `what`: a key of READINGS (forms/config/log_words.py).

    `chain` is the HMAC of this row and the row before it (services/chains.py).
    """

    __tablename__ = "access_entries"
    __table_args__ = (
        Index("ix_access_entries_case", "case_id", "id"),
        Index("ix_access_entries_actor", "actor_id", "id"),
        Index("ix_access_entries_at", "at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    actor_name: Mapped[str] = mapped_column(String(200))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
    what: Mapped[str] = mapped_column(String(20))
    detail: Mapped[str] = mapped_column(String(300), default="")
    chain: Mapped[str] = mapped_column(String(64), default="")
