"""Choices: label, order, and the meaning that rules ask for."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, json_type
from models.choice_list import ChoiceList


class Choice(Base):
    """One value of a list. Rules ask for `meaning` (domain/meanings.py), never for the label.

    `instruction` is shown when the choice is taken (manual S12: "Ej kommunens ansvar").
    `aliases` are older spellings that imports accept.
    """

    __tablename__ = "choices"
    __table_args__ = (UniqueConstraint("choice_list_id", "label"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    choice_list_id: Mapped[int] = mapped_column(ForeignKey("choice_lists.id", ondelete="CASCADE"))
    label: Mapped[str] = mapped_column(String(200))
    position: Mapped[int] = mapped_column(default=0)
    meaning: Mapped[str] = mapped_column(String(60), default="")
    instruction: Mapped[str] = mapped_column(Text, default="")
    aliases: Mapped[list[str]] = mapped_column(json_type(), default=list)
    is_active: Mapped[bool] = mapped_column(default=True)

    choice_list: Mapped[ChoiceList] = relationship(back_populates="choices")

    def __str__(self) -> str:
        return self.label
