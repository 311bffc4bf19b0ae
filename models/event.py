"""Events (händelser): the numbered correspondence of a case."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, UTCDateTime

if TYPE_CHECKING:
    from models.attachment import Attachment
    from models.case import Case
    from models.user import User


class Event(Base):
    """One item of correspondence. `number` runs within the case and is never used again.

    `kind` is one of domain/events.py KINDS. `state`: registered (nothing to send), queued, sent,
    failed, voided. `body` is clean HTML. `by_citizen` marks what the citizen wrote.
    """

    __tablename__ = "events"
    __table_args__ = (
        UniqueConstraint("case_id", "number"),
        CheckConstraint(
            "state IN ('registered', 'queued', 'sent', 'failed', 'voided')",
            name="state",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    purpose: Mapped[str] = mapped_column(String(20), default="other")
    state: Mapped[str] = mapped_column(String(20), default="registered")
    template_id: Mapped[int | None] = mapped_column(ForeignKey("event_templates.id"))
    title: Mapped[str] = mapped_column(String(300))
    body: Mapped[str] = mapped_column(Text, default="")
    sender: Mapped[str] = mapped_column(String(320), default="")
    recipient: Mapped[str] = mapped_column(String(320), default="")
    happened_at: Mapped[datetime] = mapped_column(UTCDateTime)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    case: Mapped[Case] = relationship()
    created_by: Mapped[User | None] = relationship()
    attachments: Mapped[list[Attachment]] = relationship(
        order_by="Attachment.id", lazy="selectin", back_populates="event"
    )

    @property
    def by_citizen(self) -> bool:
        return self.kind == "citizen_reply"
