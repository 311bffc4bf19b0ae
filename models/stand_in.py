"""Ersättare: who stands in for whom, from which day to which."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, UTCDateTime
from models.user import User


class StandIn(Base):
    """From `first_day` to `last_day` (both included) the stand-in has the absent person's rights on
    cases and gets the person's notices too.
    """

    __tablename__ = "stand_ins"
    __table_args__ = (
        CheckConstraint("first_day <= last_day", name="days"),
        CheckConstraint("absent_id <> stand_in_id", name="people"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    absent_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    stand_in_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    first_day: Mapped[date]
    last_day: Mapped[date]
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    absent: Mapped[User] = relationship(foreign_keys=[absent_id])
    stand_in: Mapped[User] = relationship(foreign_keys=[stand_in_id])

    def __str__(self) -> str:
        return f"{self.absent} – {self.stand_in}"
