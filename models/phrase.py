"""Standard phrases (standardtexter): short texts that are put into answers and messages."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.case_type import CaseType
from models.choice import Choice


class Phrase(Base):
    """One plain text with a title to find it by. Nothing refers to it: what is inserted is a copy.

    `choice_id`: the category (or type, or process) of the cases it is meant for; None: all.
    """

    __tablename__ = "phrases"
    __table_args__ = (UniqueConstraint("case_type_id", "title"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_type_id: Mapped[int] = mapped_column(ForeignKey("case_types.id"))
    choice_id: Mapped[int | None] = mapped_column(ForeignKey("choices.id", ondelete="SET NULL"))
    title: Mapped[str] = mapped_column(String(120))
    body: Mapped[str] = mapped_column(Text)
    position: Mapped[int] = mapped_column(default=0)
    is_active: Mapped[bool] = mapped_column(default=True)

    case_type: Mapped[CaseType] = relationship()
    choice: Mapped[Choice | None] = relationship()

    def __str__(self) -> str:
        return self.title
