"""Choices taken on a case, for the fields that may hold several."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class CaseChoice(Base):
    """One tick: case × field × choice."""

    __tablename__ = "case_choices"
    __table_args__ = (Index("ix_case_choices_choice", "choice_id", "case_id"),)

    case_id: Mapped[int] = mapped_column(
        ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True
    )
    field_key: Mapped[str] = mapped_column(String(80), primary_key=True)
    choice_id: Mapped[int] = mapped_column(ForeignKey("choices.id"), primary_key=True)
