"""Saved views of the case list, and the columns that a person has chosen."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, json_type
from models.user import User


class SavedView(Base):
    """A list that somebody wants back: `address` is its query without case type and page.

    It holds questions, never cases: whoever opens a shared view sees own cases only. Words that
    were searched for are never shared (lag 2018:218, 3 kap. 3 §).
    """

    __tablename__ = "saved_views"
    __table_args__ = (UniqueConstraint("user_id", "case_type_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    case_type_id: Mapped[int] = mapped_column(ForeignKey("case_types.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(80))
    address: Mapped[str] = mapped_column(String(2000))
    is_shared: Mapped[bool] = mapped_column(default=False)
    is_default: Mapped[bool] = mapped_column(default=False)

    user: Mapped[User] = relationship()


class ListColumns(Base):
    """The columns of one case type's list as one person wants them: keys, in order."""

    __tablename__ = "list_columns"

    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    case_type_id: Mapped[int] = mapped_column(
        ForeignKey("case_types.id", ondelete="CASCADE"), primary_key=True
    )
    keys: Mapped[list[str]] = mapped_column(json_type())
