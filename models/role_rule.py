"""How people with a role may sign in: from where, and with what."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, json_type


class RoleRule(Base):
    """The rule of one role (manual H04). Without a row: from everywhere, with a password.

    `networks` are CIDR networks, the inside; empty means that there is no inside. `outside` says
    what the rest of the world takes: factor (a second factor) or refused. `always_factor` asks for
    the second factor inside too.
    """

    __tablename__ = "role_rules"
    __table_args__ = (CheckConstraint("outside IN ('factor', 'refused')", name="outside"),)

    role: Mapped[str] = mapped_column(String(20), primary_key=True)
    networks: Mapped[list[str]] = mapped_column(json_type(), default=list)
    outside: Mapped[str] = mapped_column(String(20), default="factor")
    always_factor: Mapped[bool] = mapped_column(default=False)
