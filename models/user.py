"""The people who work in the admin."""

from __future__ import annotations

from datetime import date, datetime

from flask_login import UserMixin
from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, UTCDateTime, json_type
from models.role_assignment import RoleAssignment


class User(UserMixin, Base):
    """A person with an account. What the person may do lies in the role assignments.

    `signature` is clean HTML. `sender_name` stands before the case type's address in mails to
    citizens, instead of the type's own name. `muted_notices` are purposes of domain/mails.py that
    the person does not want. Who `gathers_reminders` gets them in one mail a day; `reminded_on`
    is the day of the last one. `totp_seal` is the nonce of the second factor's secret, ""
    without one; `totp_step` the last time step that was used, so that no code works twice.
    """

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(120), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    sort_key: Mapped[str] = mapped_column(String(400), default="", index=True)
    title: Mapped[str] = mapped_column(String(120), default="")
    phone: Mapped[str] = mapped_column(String(60), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    signature: Mapped[str] = mapped_column(Text, default="")
    sender_name: Mapped[str] = mapped_column(String(120), default="")
    muted_notices: Mapped[list[str]] = mapped_column(json_type(), default=list)
    gathers_reminders: Mapped[bool] = mapped_column(default=False)
    reminded_on: Mapped[date | None]
    totp_seal: Mapped[str] = mapped_column(String(300), default="")
    totp_step: Mapped[int] = mapped_column(default=0)
    password_hash: Mapped[str] = mapped_column(String(255), default="")
    is_active: Mapped[bool] = mapped_column(default=True)
    last_login_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    assignments: Mapped[list[RoleAssignment]] = relationship(
        back_populates="user", cascade="all, delete-orphan", lazy="selectin"
    )

    def __str__(self) -> str:
        return self.name
