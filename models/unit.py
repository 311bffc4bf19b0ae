"""The organisation: a tree of units. The stored path makes "the whole subtree" one comparison."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base


class Unit(Base):
    """A node of the organisation: municipality, board, administration, service area or unit.

    `path` holds the ids from the root down, "/1/4/9/": a unit is inside another when its
    path starts with the other's path.
    """

    __tablename__ = "units"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    sort_key: Mapped[str] = mapped_column(String(400), default="", index=True)
    kind: Mapped[str] = mapped_column(String(20), default="unit")
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    path: Mapped[str] = mapped_column(String(400), default="", index=True)
    position: Mapped[int] = mapped_column(default=0)
    board: Mapped[str] = mapped_column(String(200), default="")
    secrecy_area: Mapped[str] = mapped_column(String(20), default="open")
    default_responsible_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    is_active: Mapped[bool] = mapped_column(default=True)

    parent: Mapped[Unit | None] = relationship(remote_side=[id])

    def __str__(self) -> str:
        return self.name
