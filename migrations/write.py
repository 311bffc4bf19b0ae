"""Writes the next migration from the difference between models and tables."""

from __future__ import annotations

import re
import sys

from alembic import command

from migrations.scratch import FOLDER, migrated_scratch


def next_number() -> str:
    """The number after the last file's, as in 0007."""
    numbers = [int(path.name[:4]) for path in (FOLDER / "versions").glob("[0-9]*.py")]
    return f"{max(numbers) + 1:04}"


if __name__ == "__main__":
    message = sys.argv[1]
    slug = re.sub(r"[^a-z0-9]+", "_", message.lower()).strip("_")
    with migrated_scratch() as config:
        config.set_main_option("file_template", f"%%(rev)s_{slug[:40]}")
        command.revision(config, message, autogenerate=True, rev_id=next_number())
