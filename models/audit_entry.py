"""The change log (Ändringslogg). Append-only: triggers refuse UPDATE and DELETE."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, UTCDateTime, json_type


class AuditEntry(Base):
    """Who did what, when, to which field: old and new value, in the change's own transaction.

    `actor_id` is empty for the citizen and for the system itself; `actor_name` says which.
    `chain` is the HMAC of this row and the row before it (services/chains.py).
    `subject` names the thing when it is not a case: "users 7", "choices 31".
    """

    __tablename__ = "audit_entries"
    __table_args__ = (
        Index("ix_audit_entries_case", "case_id", "id"),
        Index("ix_audit_entries_at", "at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    actor_name: Mapped[str] = mapped_column(String(200))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
    subject: Mapped[str] = mapped_column(String(120), default="")
    action: Mapped[str] = mapped_column(String(60))
    field: Mapped[str] = mapped_column(String(80), default="")
    old: Mapped[Any] = mapped_column(json_type(), nullable=True)
    new: Mapped[Any] = mapped_column(json_type(), nullable=True)
    chain: Mapped[str] = mapped_column(String(64), default="")
