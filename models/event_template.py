"""Event templates (händelsemallar) and standard events: what Välj ny händelse… offers."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, json_type
from models.case_type import CaseType


class EventTemplate(Base):
    """One row of the event menu: what it is called, what it makes, and what follows from it.

    `kind`: email, letter, document, event. `purpose` says what the text is for (domain/events.py).
    `conditions` are names of domain/events.py conditions that must hold before it may be used.
    `status_meaning` is set on the case when the event is registered.
    """

    __tablename__ = "event_templates"
    __table_args__ = (
        UniqueConstraint("case_type_id", "key"),
        CheckConstraint("kind IN ('email', 'letter', 'document', 'event')", name="kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_type_id: Mapped[int] = mapped_column(ForeignKey("case_types.id"))
    key: Mapped[str] = mapped_column(String(80))
    label: Mapped[str] = mapped_column(String(200))
    group: Mapped[str] = mapped_column(String(20), default="template")
    kind: Mapped[str] = mapped_column(String(20))
    event_kind: Mapped[str] = mapped_column(String(20))
    purpose: Mapped[str] = mapped_column(String(20), default="other")
    position: Mapped[int] = mapped_column(default=0)
    recipient: Mapped[str] = mapped_column(String(20), default="submitter")
    subject: Mapped[str] = mapped_column(String(300), default="")
    body: Mapped[str] = mapped_column(Text, default="")
    conditions: Mapped[list[str]] = mapped_column(json_type(), default=list)
    status_meaning: Mapped[str] = mapped_column(String(60), default="")
    marks_acknowledged: Mapped[bool] = mapped_column(default=False)
    marks_answered: Mapped[bool] = mapped_column(default=False)
    is_active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)

    case_type: Mapped[CaseType] = relationship()

    def __str__(self) -> str:
        return self.label
