"""What a person typed into a case and has not saved (Utkast)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, UTCDateTime, json_type


class CaseDraft(Base):
    """The unsaved fields of one person on one case, by their names in the form.

    `seen_version` is the case's version that the person saw. `cause`: typing (kept while the
    person types), lock (the lock was overtaken or ended), session (the session ended).
    """

    __tablename__ = "case_drafts"
    __table_args__ = (UniqueConstraint("user_id", "case_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    values: Mapped[dict[str, Any]] = mapped_column(json_type(), default=dict)
    seen_version: Mapped[int]
    cause: Mapped[str] = mapped_column(String(20), default="typing")
    saved_at: Mapped[datetime] = mapped_column(UTCDateTime)
