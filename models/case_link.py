"""Links between cases: that two belong together, or that one is a duplicate of the other."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, UTCDateTime


class CaseLink(Base):
    """Two cases, the one with the lower number first, so that a pair is linked once at most.

    `main_id` names the case that the other one is a duplicate of; empty when they only belong
    together.
    """

    __tablename__ = "case_links"
    __table_args__ = (
        UniqueConstraint("low_id", "high_id"),
        CheckConstraint("low_id < high_id", name="order"),
        CheckConstraint("kind IN ('related', 'duplicate')", name="kind"),
        CheckConstraint(
            "(kind = 'duplicate') = (main_id IS NOT NULL)"
            " AND (main_id IS NULL OR main_id IN (low_id, high_id))",
            name="main",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    low_id: Mapped[int] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"))
    high_id: Mapped[int] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    main_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"))
    linked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    linked_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
