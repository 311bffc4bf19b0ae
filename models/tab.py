"""Tabs (flikar) of a case form."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, json_type
from models.case_type import CaseType


class Tab(Base):
    """One tab. `role_positions` overrides the order for some roles: {"registrar": 3}."""

    __tablename__ = "tabs"
    __table_args__ = (UniqueConstraint("case_type_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_type_id: Mapped[int] = mapped_column(ForeignKey("case_types.id"))
    key: Mapped[str] = mapped_column(String(80))
    label: Mapped[str] = mapped_column(String(120))
    position: Mapped[int] = mapped_column(default=0)
    role_positions: Mapped[dict[str, int]] = mapped_column(json_type(), default=dict)

    case_type: Mapped[CaseType] = relationship()

    def __str__(self) -> str:
        return self.label
