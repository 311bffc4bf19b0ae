"""What statistics count: one narrow row per case, kept by triggers (migration 0004)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class CaseFact(Base):
    """The facts of one case that reports count, without a word of text.

    No code writes here: triggers on `cases`, `choices` and `closed_days` do, in the transaction
    of the change, so that every way of changing a case counts. `unit_id` is the unit that owns the
    case. `answer_days` and `confirm_days` are working days from arrival (None before 2000).
    `wants_answer` and `is_fault_report` follow the meanings of choices (domain notes §4.2), as do
    `is_praise` and `is_complaint`, which say that such a type is ticked.
    """

    __tablename__ = "case_facts"
    __table_args__ = (
        Index("ix_case_facts_received", "case_type_id", "received_on"),
        Index("ix_case_facts_registered", "case_type_id", "registered_on"),
        Index("ix_case_facts_closed", "case_type_id", "closed_on"),
    )

    case_id: Mapped[int] = mapped_column(
        ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True
    )
    case_type_id: Mapped[int]
    unit_id: Mapped[int | None]
    responsible_id: Mapped[int | None]
    received_on: Mapped[date]
    registered_on: Mapped[date]
    closed_on: Mapped[date | None]
    confirm_by: Mapped[date]
    confirmed_on: Mapped[date | None]
    confirm_days: Mapped[int | None]
    answer_by: Mapped[date]
    answered_on: Mapped[date | None]
    answer_days: Mapped[int | None]
    wants_answer: Mapped[bool]
    is_fault_report: Mapped[bool]
    is_praise: Mapped[bool]
    is_complaint: Mapped[bool]
    is_refused: Mapped[bool]
    is_transferred: Mapped[bool]
    is_secret: Mapped[bool]
    status_id: Mapped[int]
    channel_id: Mapped[int | None]
    contact_way_id: Mapped[int | None]
    submitter_kind_id: Mapped[int | None]
    origin_id: Mapped[int | None]
    result_id: Mapped[int | None]
    publication_id: Mapped[int | None]


class DayNumber(Base):
    """`number`: how many working days there are from 2000 up to and with `day`.

    The difference of two numbers is the working days between two days. `works`: whether the law
    has the day as a working day; triggers take the municipality's own days off from the numbers.
    Migration 0004 wrote them to 2049, the worker adds those of later years in good time.
    """

    __tablename__ = "day_numbers"

    day: Mapped[date] = mapped_column(primary_key=True)
    works: Mapped[bool]
    number: Mapped[int]
