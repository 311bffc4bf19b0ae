"""Alembic's entry: one database, one metadata, batch mode for SQLite. Run by `flask db ...`.

Tests and tools give a ready connection in `config.attributes["connection"]`; otherwise the
application's own engine is used.
"""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from migrations.rendering import OPTIONS
from models import Base


def run(connection: Connection) -> None:
    """Bring the database behind `connection` where the command wants it."""
    context.configure(connection=connection, target_metadata=Base.metadata, **OPTIONS)
    with context.begin_transaction():
        context.run_migrations()


def run_with_own_connection() -> None:
    from extensions import db

    with db.engine.connect() as connection:
        run(connection)


if context.is_offline_mode():
    raise SystemExit("Offline migrations (--sql) are not supported: triggers differ by database.")
if given := context.config.attributes.get("connection"):
    run(given)
else:
    run_with_own_connection()
