"""The municipality itself: one row of names, numbers and links that texts and pages use."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Municipality(Base):
    """Who runs this installation. There is exactly one row, id 1."""

    __tablename__ = "municipality"
    __table_args__ = (CheckConstraint("id = 1", name="single_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    name: Mapped[str] = mapped_column(String(120))
    service: Mapped[str] = mapped_column(String(120), default="")
    phone: Mapped[str] = mapped_column(String(60), default="")
    urgent_phone: Mapped[str] = mapped_column(String(60), default="")
    address: Mapped[str] = mapped_column(String(200), default="")
    website: Mapped[str] = mapped_column(String(200), default="")
    organisation_number: Mapped[str] = mapped_column(String(20), default="")
    data_protection_officer: Mapped[str] = mapped_column(String(120), default="")
    data_protection_email: Mapped[str] = mapped_column(String(254), default="")
    retention_text: Mapped[str] = mapped_column(Text, default="")
    fault_report_link: Mapped[str] = mapped_column(String(300), default="")
    appeal_link: Mapped[str] = mapped_column(String(300), default="")
    whistleblower_link: Mapped[str] = mapped_column(String(300), default="")

    def __str__(self) -> str:
        return self.name
