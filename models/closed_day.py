"""The municipality's own days off (Egna lediga dagar), beside the public holidays of the law."""

from __future__ import annotations

from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class ClosedDay(Base):
    """A day on which this municipality does not work, though the law says it is a working day."""

    __tablename__ = "closed_days"

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(String(120))

    def __str__(self) -> str:
        return f"{self.day.isoformat()} {self.name}"
