"""Secrecy marks (sekretessmarkeringar): set with a ground, lifted with a reason, never deleted."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, UTCDateTime
from models.legal_ground import LegalGround
from models.user import User


class SecrecyMark(Base):
    """One mark on a case, or on its submitter's contact data (skyddade personuppgifter).

    cases.is_secret and submitters.is_protected say whether a mark stands; they are set and cleared
    with it in one transaction. `covers` says in words what is secret.
    """

    __tablename__ = "secrecy_marks"
    __table_args__ = (CheckConstraint("kind IN ('case', 'submitter')", name="kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    ground_id: Mapped[int | None] = mapped_column(ForeignKey("legal_grounds.id"))
    covers: Mapped[str] = mapped_column(String(300), default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    set_at: Mapped[datetime] = mapped_column(UTCDateTime)
    set_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    cleared_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    cleared_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    clear_reason: Mapped[str] = mapped_column(Text, default="")

    ground: Mapped[LegalGround | None] = relationship()
    set_by: Mapped[User | None] = relationship(foreign_keys=[set_by_id])
    cleared_by: Mapped[User | None] = relationship(foreign_keys=[cleared_by_id])
