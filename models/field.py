"""Fields placed on the tabs of a case form."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, json_type
from models.case_type import CaseType
from models.choice_list import ChoiceList
from models.tab import Tab


class Field(Base):
    """One field on one tab of one case type.

    `key` names a core field (domain/fields.py: a real column or relation of the case) or, with
    a `kind` of its own, a custom one whose value lies in the case's JSON column `values`.
    `required_when`: never, save, ready (when an assistant marks the case ready), answer, close.
    `visible_when`: {} for always, or {"field": key, "meaning": m} to depend on another field.
    `readonly_roles`: roles that see the field but never change it.
    """

    __tablename__ = "fields"
    __table_args__ = (
        UniqueConstraint("case_type_id", "key"),
        CheckConstraint(
            "required_when IN ('never', 'save', 'ready', 'answer', 'close')",
            name="required_when",
        ),
        CheckConstraint("width IN ('full', 'half')", name="width"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_type_id: Mapped[int] = mapped_column(ForeignKey("case_types.id"))
    tab_id: Mapped[int] = mapped_column(ForeignKey("tabs.id"), index=True)
    key: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(20), default="")
    label: Mapped[str] = mapped_column(String(200))
    help: Mapped[str] = mapped_column(Text, default="")
    position: Mapped[int] = mapped_column(default=0)
    width: Mapped[str] = mapped_column(String(10), default="full")
    is_many: Mapped[bool] = mapped_column(default=False)
    choice_list_id: Mapped[int | None] = mapped_column(ForeignKey("choice_lists.id"))
    required_when: Mapped[str] = mapped_column(String(10), default="never")
    visible_when: Mapped[dict[str, Any]] = mapped_column(json_type(), default=dict)
    readonly_roles: Mapped[list[str]] = mapped_column(json_type(), default=list)

    case_type: Mapped[CaseType] = relationship()
    tab: Mapped[Tab] = relationship()
    choice_list: Mapped[ChoiceList | None] = relationship()

    def __str__(self) -> str:
        return self.label
