"""A counter that grows with every change of configuration: it tells that a cache is old."""

from __future__ import annotations

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class ConfigVersion(Base):
    """Exactly one row, id 1. Read once a request by queries/configuration.py."""

    __tablename__ = "config_version"
    __table_args__ = (CheckConstraint("id = 1", name="single_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    number: Mapped[int] = mapped_column(default=1)
