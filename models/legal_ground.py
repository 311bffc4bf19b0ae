"""Grounds for secrecy (bestämmelser): an editable list with the days they hold."""

from __future__ import annotations

from datetime import date

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class LegalGround(Base):
    """One provision, as "OSL 26 kap. 1 §". Used ones are ended (`valid_to`), never deleted.

    `for_submitter`: offered for protected personal data too.
    """

    __tablename__ = "legal_grounds"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(80), unique=True)
    label: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(Text, default="")
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    for_submitter: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)
    is_active: Mapped[bool] = mapped_column(default=True)

    def __str__(self) -> str:
        return self.label
