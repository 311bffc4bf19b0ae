"""Events (händelser): the numbered correspondence of a case."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, UTCDateTime, json_type

if TYPE_CHECKING:
    from models.attachment import Attachment
    from models.case import Case
    from models.user import User


class Event(Base):
    """One item of correspondence. `number` runs within the case and is never used again.

    `kind` is one of domain/events.py KINDS. `state`: registered (nothing to send), draft (a letter
    or document that is not posted yet), queued, sent, failed, voided. `body` is clean HTML.
    `address` is what stands in the window of a letter, a line each. `effects` is what the event
    changed on the case, {"answered_on": [before, after]}: taking the event back undoes it.
    A removed event stays in the table and is shown to nobody; its number is never used again.
    """

    __tablename__ = "events"
    __table_args__ = (
        UniqueConstraint("case_id", "number"),
        CheckConstraint(
            "state IN ('registered', 'draft', 'queued', 'sent', 'failed', 'voided')",
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
    template_version: Mapped[int | None]
    title: Mapped[str] = mapped_column(String(300))
    body: Mapped[str] = mapped_column(Text, default="")
    sender: Mapped[str] = mapped_column(String(320), default="")
    recipient: Mapped[str] = mapped_column(String(320), default="")
    address: Mapped[str] = mapped_column(Text, default="")
    ground: Mapped[str] = mapped_column(String(300), default="")
    options: Mapped[dict[str, Any]] = mapped_column(json_type(), default=dict)
    effects: Mapped[dict[str, Any]] = mapped_column(json_type(), default=dict)
    happened_at: Mapped[datetime] = mapped_column(UTCDateTime)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    posted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    voided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    voided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    void_reason: Mapped[str] = mapped_column(String(500), default="")
    removed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    removed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    removal_reason: Mapped[str] = mapped_column(String(500), default="")

    case: Mapped[Case] = relationship()
    created_by: Mapped[User | None] = relationship(foreign_keys=[created_by_id])
    voided_by: Mapped[User | None] = relationship(foreign_keys=[voided_by_id])
    attachments: Mapped[list[Attachment]] = relationship(
        order_by="Attachment.id", lazy="selectin", back_populates="event"
    )

    @property
    def by_citizen(self) -> bool:
        return self.kind == "citizen_reply"
