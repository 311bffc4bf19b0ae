"""Submission keys: what makes a double click, a reload and a replay one case (G02)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, UTCDateTime


class Submission(Base):
    """One form that was sent. `key_hash` is the SHA-256 of the random key in that form.

    `case_id` names the new case or, for a reply, the case it was written to. `public_form_id` is
    the form that made the case: the receipt repeats its questions. `language` is the one that the
    form was shown in, and that our own mails to the sender are written in.
    """

    __tablename__ = "submissions"

    key_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    public_form_id: Mapped[int | None] = mapped_column(
        ForeignKey("public_forms.id", ondelete="SET NULL")
    )
    language: Mapped[str] = mapped_column(String(2), default="sv")
