"""Lists of cases that take too long for a request: the worker makes the file."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, UTCDateTime, json_type


class ExportJob(Base):
    """One file that a person asked for. `token` is its name in addresses.

    `query` is the list that was asked for (services/exports/asked.py). `rights` is a hash of what
    the person may do when it is made: a file made by other rights is not handed out. `state`:
    waiting, running, done, failed, fetched. The file lies in the file store until it is fetched.
    """

    __tablename__ = "export_jobs"
    __table_args__ = (
        CheckConstraint(
            "state IN ('waiting', 'running', 'done', 'failed', 'fetched')", name="state"
        ),
        CheckConstraint("kind IN ('csv', 'xlsx')", name="kind"),
        Index(
            "ix_export_jobs_due",
            "created_at",
            sqlite_where=text("state IN ('waiting', 'running')"),
            postgresql_where=text("state IN ('waiting', 'running')"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(String(43), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(4))
    query: Mapped[dict[str, Any]] = mapped_column(json_type())
    rights: Mapped[str] = mapped_column(String(64), default="")
    state: Mapped[str] = mapped_column(String(20), default="waiting")
    row_count: Mapped[int]
    rows_done: Mapped[int] = mapped_column(default=0)
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    result_sha256: Mapped[str | None] = mapped_column(String(64), index=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
