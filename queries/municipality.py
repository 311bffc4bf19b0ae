"""The municipality's one row as the parts of the configuration that come from it."""

from __future__ import annotations

from sqlalchemy import String

from domain.documents import LetterSettings
from domain.file_policy import MEGABYTE, FilePolicy
from models import Municipality


def names_of(row: Municipality | None) -> dict[str, str]:
    """Every text of the municipality by its column, "" where there is none."""
    columns = Municipality.__table__.columns
    texts = [column.key for column in columns if isinstance(column.type, String)]
    return {name: (getattr(row, name) or "") if row else "" for name in texts}


def file_policy_of(row: Municipality | None) -> FilePolicy:
    """Which files are taken in; the usual ones where nothing is set up yet."""
    if row is None:
        return FilePolicy()
    return FilePolicy(
        endings=tuple(row.file_endings),
        count=row.file_count,
        each=row.file_megabytes * MEGABYTE,
        together=row.file_total_megabytes * MEGABYTE,
        mailed=row.mail_megabytes * MEGABYTE,
    )


def letters_of(row: Municipality | None) -> LetterSettings:
    """How letters look."""
    if row is None:
        return LetterSettings()
    return LetterSettings(
        left_mm=row.letter_left_mm,
        top_mm=row.letter_top_mm,
        head=row.letter_head,
        foot=row.letter_foot.strip() or usual_foot(row),
        logo_sha256=row.logo_sha256,
        logo_type=row.logo_type,
    )


def usual_foot(row: Municipality) -> str:
    """What stands at the foot of letters while nothing is written for it: a line each."""
    lines = (
        row.address,
        f"Telefon {row.phone}" if row.phone else "",
        row.website.partition("://")[2].rstrip("/") or row.website,
        f"Org.nr {row.organisation_number}" if row.organisation_number else "",
    )
    return "\n".join(line for line in lines if line)
