"""Rewrites 0001_tables.py from the models. Only until the first release: then it is history.

Run: ./dev first-migration. Databases made from an older 0001 must be thrown away.
"""

from __future__ import annotations

from pathlib import Path

from alembic.autogenerate import render_python_code
from alembic.operations.ops import CreateIndexOp, CreateTableOp, DowngradeOps, UpgradeOps

from migrations.rendering import render_item
from models import Base

TARGET = Path(__file__).parent / "versions" / "0001_tables.py"
HEAD = '''"""The tables. Generated from the models by migrations/rewrite_first.py."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


'''


def source() -> str:
    """The migration that makes every table and index of the models, and drops them."""
    tables = Base.metadata.sorted_tables
    create = []
    for table in tables:
        create.append(CreateTableOp.from_table(table))
        indexes = sorted(table.indexes, key=lambda index: str(index.name))
        create.extend(CreateIndexOp.from_index(index) for index in indexes)
    drop = [CreateTableOp.from_table(table).reverse() for table in reversed(tables)]
    up, down = (
        render_python_code(ops, render_item=render_item)
        for ops in (UpgradeOps(create), DowngradeOps(drop))
    )
    return f"{HEAD}def upgrade() -> None:\n    {up}\n\n\ndef downgrade() -> None:\n    {down}\n"


if __name__ == "__main__":
    TARGET.write_text(source())
    print(f"Wrote {TARGET.name}.")
