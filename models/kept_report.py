"""Reports kept with their comments (R18), and reports that go out by mail by themselves."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, UTCDateTime, json_type
from models.unit import Unit
from models.user import User


class KeptReport(Base):
    """A report to a board. `reports` are the numbers of the day it was made (domain/statistics/
    plain.py); they never change. `comments` are texts by the key of the report they stand under;
    `improvements` is what was done and got better. No unit: the whole organisation.
    """

    __tablename__ = "kept_reports"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    name: Mapped[str] = mapped_column(String(200))
    case_type_id: Mapped[int] = mapped_column(ForeignKey("case_types.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    first_day: Mapped[date]
    last_day: Mapped[date]
    hides_small: Mapped[bool] = mapped_column(default=False)
    reports: Mapped[list[dict[str, Any]]] = mapped_column(json_type())
    comments: Mapped[dict[str, str]] = mapped_column(json_type(), default=dict)
    improvements: Mapped[str] = mapped_column(Text, default="")
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime)

    unit: Mapped[Unit | None] = relationship()
    made_by: Mapped[User] = relationship()

    __mapper_args__ = {"version_id_col": version}


class ReportSchedule(Base):
    """A report by mail to `reader_ids` when a period has ended; `next_on` is the day of the next
    one. Each mail is made with the rights that its reader has on that day.
    """

    __tablename__ = "report_schedules"
    __table_args__ = (
        CheckConstraint("rhythm IN ('manad', 'kvartal', 'tertial', 'halvar', 'ar')", name="rhythm"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    report_key: Mapped[str] = mapped_column(String(40))
    case_type_id: Mapped[int] = mapped_column(ForeignKey("case_types.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    rhythm: Mapped[str] = mapped_column(String(10))
    reader_ids: Mapped[list[int]] = mapped_column(json_type(), default=list)
    next_on: Mapped[date] = mapped_column(index=True)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))

    unit: Mapped[Unit | None] = relationship()
    made_by: Mapped[User] = relationship()
