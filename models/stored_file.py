"""What is known of the bytes in the file store: scanned or not, and the copies that are shown."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, UTCDateTime


class StoredFile(Base):
    """One content of the file store, however many rows name it.

    `scan_state`: off (no scanner), waiting, clean, infected. `copy_state` is about the copy of a
    picture without EXIF and GPS, and its thumbnail: none (no picture), waiting, done, failed.
    """

    __tablename__ = "stored_files"
    __table_args__ = (
        CheckConstraint("scan_state IN ('off', 'waiting', 'clean', 'infected')", name="scan_state"),
        CheckConstraint("copy_state IN ('none', 'waiting', 'done', 'failed')", name="copy_state"),
        Index(
            "ix_stored_files_due",
            "next_try_at",
            sqlite_where=text("scan_state = 'waiting' OR copy_state = 'waiting'"),
            postgresql_where=text("scan_state = 'waiting' OR copy_state = 'waiting'"),
        ),
    )

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    content_type: Mapped[str] = mapped_column(String(120))
    size: Mapped[int]
    scan_state: Mapped[str] = mapped_column(String(20), default="off")
    scan_result: Mapped[str] = mapped_column(String(200), default="")
    copy_state: Mapped[str] = mapped_column(String(20), default="none")
    copy_sha256: Mapped[str | None] = mapped_column(String(64), index=True)
    copy_type: Mapped[str] = mapped_column(String(120), default="")
    copy_size: Mapped[int | None]
    thumbnail_sha256: Mapped[str | None] = mapped_column(String(64), index=True)
    tries: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime] = mapped_column(UTCDateTime)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    @property
    def is_infected(self) -> bool:
        return self.scan_state == "infected"
