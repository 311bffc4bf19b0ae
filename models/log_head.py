"""The last link of each hash-chained log."""

from __future__ import annotations

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class LogHead(Base):
    """How many rows a log has and the chain of its last one; `seal` is the HMAC of both.

    `name`: audit_entries or access_entries. Writers take this row's lock: the chain has one order.
    """

    __tablename__ = "log_heads"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    count: Mapped[int] = mapped_column(BigInteger, default=0)
    chain: Mapped[str] = mapped_column(String(64), default="")
    seal: Mapped[str] = mapped_column(String(64), default="")
