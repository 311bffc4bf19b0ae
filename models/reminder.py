"""Reminders (påminnelser) that were given, so that each comes once, and those kept for a digest."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, UTCDateTime
from models.case import Case
from models.user import User


class Reminder(Base):
    """One occasion of one case. Whoever inserts the row writes all its mails, in the same
    transaction: of several workers only one can.
    """

    __tablename__ = "reminders"
    __table_args__ = (UniqueConstraint("case_id", "occasion"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"))
    occasion: Mapped[str] = mapped_column(String(30))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)


class ReminderLine(Base):
    """A reminder for somebody who wants one mail a day. `sent_on` is the day of that mail."""

    __tablename__ = "reminder_lines"
    __table_args__ = (
        UniqueConstraint("reminder_id", "user_id"),
        Index("ix_reminder_lines_waiting", "user_id",
              sqlite_where=text("sent_on IS NULL"), postgresql_where=text("sent_on IS NULL")),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    reminder_id: Mapped[int] = mapped_column(ForeignKey("reminders.id", ondelete="CASCADE"))
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    sent_on: Mapped[date | None]

    case: Mapped[Case] = relationship()
    user: Mapped[User] = relationship()
