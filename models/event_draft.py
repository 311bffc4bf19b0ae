"""What a person has begun to write behind Välj ny händelse… and not sent yet."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, UTCDateTime, json_type


class EventDraft(Base):
    """One unsent event of one person on one case. `values` are the form's fields by name.

    `form_key` is the key of that form: the files chosen so far lie under it.
    """

    __tablename__ = "event_drafts"
    __table_args__ = (UniqueConstraint("user_id", "case_id", "template_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    template_id: Mapped[int] = mapped_column(ForeignKey("event_templates.id"))
    form_key: Mapped[str] = mapped_column(String(64), index=True)
    values: Mapped[dict[str, Any]] = mapped_column(json_type(), default=dict)
    saved_at: Mapped[datetime] = mapped_column(UTCDateTime)
