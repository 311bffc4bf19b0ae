"""Case types (ärendetyper). All that differs between municipalities hangs on one of these."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, json_type


class CaseType(Base):
    """A kind of case with its own tabs, fields, lists, templates, forms and limits.

    `mail_content` is "full" (mails may carry the case's text) or "notice" (a notice with a
    link only: JO 1376-2013 on sensitive data in clear mail). `list_columns` names the columns
    of the case list in order, each {"key": ..., "label": ...}. `reminds` and the two numbers of
    working days beside it say when the staff are reminded of the last day (domain/reminders.py).
    `publishes` and what follows it say whether and how cases are published (domain/publication.py);
    `unpublish_months` 0 is for ever.
    """

    __tablename__ = "case_types"
    __table_args__ = (
        CheckConstraint("mail_content IN ('full', 'notice')", name="mail_content"),
        CheckConstraint("acknowledge_days > 0 AND answer_days > 0", name="limits"),
        CheckConstraint("remind_before >= 0 AND remind_every > 0", name="reminders"),
        CheckConstraint("publish_days >= 0 AND unpublish_months >= 0", name="publication"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    position: Mapped[int] = mapped_column(default=0)
    acknowledge_days: Mapped[int] = mapped_column(default=2)
    answer_days: Mapped[int] = mapped_column(default=10)
    sender_name: Mapped[str] = mapped_column(String(120), default="")
    sender_email: Mapped[str] = mapped_column(String(254), default="")
    secrecy_class: Mapped[str] = mapped_column(String(20), default="open")
    mail_content: Mapped[str] = mapped_column(String(20), default="full")
    list_columns: Mapped[list[dict[str, Any]]] = mapped_column(json_type(), default=list)
    reminds: Mapped[bool] = mapped_column(default=True)
    remind_before: Mapped[int] = mapped_column(default=3)
    remind_every: Mapped[int] = mapped_column(default=5)
    publishes: Mapped[bool] = mapped_column(default=False)
    publish_days: Mapped[int] = mapped_column(default=7)
    publish_working_days: Mapped[bool] = mapped_column(default=False)
    unpublish_months: Mapped[int] = mapped_column(default=24)
    two_eyes: Mapped[bool] = mapped_column(default=False)
    noindex: Mapped[bool] = mapped_column(default=False)
    publishes_measures: Mapped[bool] = mapped_column(default=True)
    is_active: Mapped[bool] = mapped_column(default=True)

    def __str__(self) -> str:
        return self.name
