"""What the whole database holds, in a few characters per table: did anything change?"""

from __future__ import annotations

import hashlib
from collections.abc import Collection

from sqlalchemy import Table

from extensions import db
from models import Base

CALENDAR = "day_numbers"
"""18,000 rows that triggers make from closed_days, which is looked at."""


def fingerprint(without: Collection[str] = ()) -> dict[str, str]:
    """Table → how many rows, and a digest of them. Never of the calendar."""
    return {
        table: f"{len(lines)} {hashlib.sha256(chr(10).join(lines).encode()).hexdigest()}"
        for table, lines in everything(without).items()
    }


def everything(without: Collection[str] = ()) -> dict[str, list[str]]:
    """Table → its rows as the database's driver gives them, sorted. Never the calendar."""
    db.session.rollback()
    with db.engine.connect() as connection:
        return {
            table.name: sorted(repr(tuple(row)) for row in connection.exec_driver_sql(_all(table)))
            for table in Base.metadata.sorted_tables
            if table.name not in (CALENDAR, *without)
        }


def _all(table: Table) -> str:
    return f"SELECT * FROM {table.name}"  # noqa: S608 - names of our own


def changed_tables(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """The names of the tables whose rows are not the same."""
    return sorted(name for name in after if after[name] != before[name])
