"""What the whole database holds, in a few characters per table: did anything change?"""

from __future__ import annotations

import hashlib
from collections.abc import Collection

from extensions import db
from models import Base


def fingerprint(without: Collection[str] = ()) -> dict[str, str]:
    """Table → how many rows, and a digest of them."""
    found = {}
    db.session.rollback()
    with db.engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            if table.name not in without:
                rows = connection.execute(table.select())
                lines = sorted(map(repr, rows))
                digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()
                found[table.name] = f"{len(lines)} {digest}"
    return found


def changed_tables(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """The names of the tables whose rows are not the same."""
    return sorted(name for name in after if after[name] != before[name])
