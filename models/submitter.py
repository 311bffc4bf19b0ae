"""Contact data of the submitter, kept apart from the case so that it can be guarded apart."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import normalize

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from models.base import Base

if TYPE_CHECKING:
    from models.case import Case


class Submitter(Base):
    """Contact data of the submitter (synpunktslämnaren). All of it may be empty: anonymous."""

    __tablename__ = "submitters"

    case_id: Mapped[int] = mapped_column(
        ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True
    )
    name: Mapped[str] = mapped_column(String(200), default="")
    address: Mapped[str] = mapped_column(String(200), default="")
    postal: Mapped[str] = mapped_column(String(120), default="")
    phone: Mapped[str] = mapped_column(String(60), default="")
    email: Mapped[str] = mapped_column(String(254), default="", index=True)

    is_protected: Mapped[bool] = mapped_column(default=False)

    case: Mapped[Case] = relationship(back_populates="submitter")

    @validates("name", "email")
    def _compose(self, _key: str, value: str) -> str:
        """Å as one sign, as in the case's text: these are searched too."""
        return normalize("NFC", value) if value else value
