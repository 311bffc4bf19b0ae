"""How the models' own column types are written into migration files, and what is compared."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context as alembic_context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import JSON, Column
from sqlalchemy.dialects import postgresql

from models import Base
from models.base import UTCDateTime

# SQLite cannot tell the direction of an index back, so Alembic would see a difference for ever.
# tests/migrations compares these with the words of their CREATE INDEX instead.
DIRECTED_INDEXES = frozenset(
    index.name
    for table in Base.metadata.tables.values()
    for index in table.indexes
    if not all(isinstance(part, Column) for part in index.expressions)
)

SEARCH = ("search_", "ix_search_")
"""How the tables and indexes of the full-text search begin; the models do not know them."""


def render_item(kind: str, thing: Any, context: AutogenContext) -> str | Literal[False]:
    """Plain SQLAlchemy for our types, so that a migration never imports a model."""
    if kind == "type" and isinstance(thing, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(thing, JSON) and not isinstance(thing, postgresql.JSONB):
        context.imports.add("from sqlalchemy.dialects import postgresql")
        return 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'
    return False


def include_object(thing: Any, name: str | None, kind: str, *_: Any) -> bool:
    """Leave out of the comparison the search (0003 makes it) and what SQLite cannot report."""
    if kind in ("table", "index") and name is not None and name.startswith(SEARCH):
        return False
    if kind == "index" and alembic_context.get_bind().dialect.name == "sqlite":
        return name not in DIRECTED_INDEXES
    return True


OPTIONS: dict[str, Any] = {
    "render_as_batch": True,
    "compare_type": True,
    "include_object": include_object,
    "render_item": render_item,
}
