"""Publication on the website: the text being prepared, and what the public may read."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, UTCDateTime, json_type
from models.user import User


class Publication(Base):
    """The publishing text (Publiceringstext) of a case, and where it stands. One per case.

    "draft": being written. "checked": the check list is ticked and one person has chosen to
    publish; with two-eyes a second one must approve. "approved": goes out on `publish_on`.
    "published": its PublishedCase exists until `withdraw_on`. "withdrawn": taken back (why in
    `withdrawn_reason`). `answer` is clean HTML, `question` plain text. `is_own_answer`: the answer
    was written for publication only, to somebody who wanted none. `confirmed` are the findings
    that somebody has looked at, as domain/publication.mark_of() writes them.
    """

    __tablename__ = "publications"
    __table_args__ = (
        CheckConstraint(
            "state IN ('draft', 'checked', 'approved', 'published', 'withdrawn')", name="state"
        ),
        Index("ix_publications_due", "state", "publish_on"),
        Index("ix_publications_withdraw", "state", "withdraw_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"), unique=True)
    state: Mapped[str] = mapped_column(String(12), default="draft")
    version: Mapped[int] = mapped_column(default=1)
    title: Mapped[str] = mapped_column(String(300), default="")
    question: Mapped[str] = mapped_column(Text, default="")
    answer: Mapped[str] = mapped_column(Text, default="")
    is_own_answer: Mapped[bool] = mapped_column(default=False)
    confirmed: Mapped[list[str]] = mapped_column(json_type(), default=list)
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    checked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    approved_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    publish_on: Mapped[date | None]
    withdraw_on: Mapped[date | None]
    withdrawn_reason: Mapped[str] = mapped_column(String(300), default="")

    checked_by: Mapped[User | None] = relationship(foreign_keys=[checked_by_id])
    approved_by: Mapped[User | None] = relationship(foreign_keys=[approved_by_id])

    __mapper_args__ = {"version_id_col": version}


class PublishedCase(Base):
    """What the public reads: copies of allowed texts, and nothing else (threats T19, T39, T59).

    The public pages read this table only. A row exists exactly while a case is published; taking
    a case back deletes it in the same transaction. `slug` is random, never the case's number.
    `measures` are labels. `words` is what the search reads. `noindex` keeps search engines away.
    """

    __tablename__ = "published_cases"
    __table_args__ = (
        Index("ix_published_cases_newest", "published_on", "id"),
        Index("ix_published_cases_area", "area", "published_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    publication_id: Mapped[int] = mapped_column(
        ForeignKey("publications.id", ondelete="CASCADE"), unique=True
    )
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    title: Mapped[str] = mapped_column(String(300))
    question: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text, default="")
    measures: Mapped[list[str]] = mapped_column(json_type(), default=list)
    kind: Mapped[str] = mapped_column(String(200), default="")
    area: Mapped[str] = mapped_column(String(200), default="")
    received_month: Mapped[str] = mapped_column(String(7), default="")
    published_on: Mapped[date]
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    words: Mapped[str] = mapped_column(Text, default="")
    noindex: Mapped[bool] = mapped_column(default=False)

    def as_open_data(self) -> dict[str, Any]:
        """The row as open data: the public columns by their English names."""
        return {
            "id": self.slug,
            "title": self.title,
            "type": self.kind,
            "area": self.area,
            "received": self.received_month,
            "published": self.published_on.isoformat(),
            "question": self.question,
            "answer": self.answer,
            "measures": self.measures,
        }
