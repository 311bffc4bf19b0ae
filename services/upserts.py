"""INSERT … ON CONFLICT: both databases have it, SQLAlchemy spells it once per dialect."""

from __future__ import annotations

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from extensions import db
from models import Base


def upsert_into(table: type[Base]) -> Any:
    """An insert statement with on_conflict_do_update() and on_conflict_do_nothing()."""
    is_sqlite = db.session.get_bind().dialect.name == "sqlite"
    return sqlite.insert(table) if is_sqlite else postgresql.insert(table)
