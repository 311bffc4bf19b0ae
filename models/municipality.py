"""The municipality itself: one row of names, numbers and links that texts and pages use."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from domain.file_policy import DEFAULT_ENDINGS
from models.base import Base, json_type


class Municipality(Base):
    """Who runs this installation. There is exactly one row, id 1.

    `letter_left_mm`, `letter_top_mm`: where the address of a letter begins, from the edges of the
    page. `public_logo_…`, `main_colour`, `accent_colour` (#rrggbb, "" for ours): how the citizens'
    pages look; the logo of letters is another file. `embed_origins`: the web sites that may show a
    form inside a page of theirs, one a line (domain/origins.py). `file_…`: which files are taken
    in, how many, and how large they may be.
    """

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
    lock_minutes: Mapped[int] = mapped_column(default=15)
    letter_left_mm: Mapped[int] = mapped_column(default=105)
    letter_top_mm: Mapped[int] = mapped_column(default=52)
    letter_head: Mapped[str] = mapped_column(Text, default="")
    letter_foot: Mapped[str] = mapped_column(Text, default="")
    logo_sha256: Mapped[str | None] = mapped_column(String(64))
    logo_type: Mapped[str] = mapped_column(String(120), default="")
    public_logo_sha256: Mapped[str | None] = mapped_column(String(64))
    public_logo_type: Mapped[str] = mapped_column(String(120), default="")
    public_logo_alt: Mapped[str] = mapped_column(String(200), default="")
    main_colour: Mapped[str] = mapped_column(String(7), default="")
    accent_colour: Mapped[str] = mapped_column(String(7), default="")
    embed_origins: Mapped[str] = mapped_column(Text, default="")
    accessibility_status: Mapped[str] = mapped_column(String(10), default="")
    accessibility_faults: Mapped[str] = mapped_column(Text, default="")
    accessibility_tested: Mapped[str] = mapped_column(String(300), default="")
    accessibility_email: Mapped[str] = mapped_column(String(254), default="")
    file_endings: Mapped[list[str]] = mapped_column(json_type(), default=lambda: [*DEFAULT_ENDINGS])
    file_count: Mapped[int] = mapped_column(default=10)
    file_megabytes: Mapped[int] = mapped_column(default=20)
    file_total_megabytes: Mapped[int] = mapped_column(default=50)
    mail_megabytes: Mapped[int] = mapped_column(default=10)

    def __str__(self) -> str:
        return self.name
