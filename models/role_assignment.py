"""Person × role × part of the organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.unit import Unit

if TYPE_CHECKING:
    from models.case_type import CaseType
    from models.user import User


class RoleAssignment(Base):
    """One role that one person holds at one unit; it reaches the unit's whole subtree.

    With `case_type_id` it holds for cases of that type only (a registrar of one process).
    `sees_secret` is the flag "sekretess": cases under a secrecy mark are open to the holder.
    """

    __tablename__ = "role_assignments"
    __table_args__ = (UniqueConstraint("user_id", "role", "unit_id", "case_type_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    role: Mapped[str] = mapped_column(String(20))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    case_type_id: Mapped[int | None] = mapped_column(ForeignKey("case_types.id"))
    sees_secret: Mapped[bool] = mapped_column(default=False)

    user: Mapped[User] = relationship(back_populates="assignments")
    unit: Mapped[Unit] = relationship(lazy="joined")
    case_type: Mapped[CaseType | None] = relationship()
