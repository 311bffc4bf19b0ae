"""Choice lists: the values a field of choice offers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.case_type import CaseType

if TYPE_CHECKING:
    from models.choice import Choice


class ChoiceList(Base):
    """A named list of choices that belongs to one case type."""

    __tablename__ = "choice_lists"
    __table_args__ = (UniqueConstraint("case_type_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_type_id: Mapped[int] = mapped_column(ForeignKey("case_types.id"))
    key: Mapped[str] = mapped_column(String(80))
    name: Mapped[str] = mapped_column(String(120))

    case_type: Mapped[CaseType] = relationship()
    choices: Mapped[list[Choice]] = relationship(
        back_populates="choice_list",
        order_by="Choice.position",
        cascade="all, delete-orphan",
    )

    def __str__(self) -> str:
        return self.name
