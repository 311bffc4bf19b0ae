"""How much a run tries: everything with GENSVAR_TEST_FULL=1, else a share that is always the same.

A usual run tries every rule, on one of the two databases at least. What the two do differently
(the mark `both`, and all folders that are not named here) runs on both. Drawing goes by the name,
so that a red test is red again.
"""

from __future__ import annotations

import os
import zlib
from pathlib import PurePath

IS_FULL = os.environ.get("GENSVAR_TEST_FULL") == "1"
DATABASE = os.environ.get("GENSVAR_TEST_DATABASE", "sqlite")

_ON = {
    "documents": {"sqlite": (0, 1), "postgresql": (2,)},
    "house": {"sqlite": (0, 1, 2), "postgresql": ()},
    "rights": {"sqlite": (0, 1), "postgresql": (2,)},
    "services": {"sqlite": (0, 1), "postgresql": (1, 2)},
    "smtp": {"sqlite": (0, 1), "postgresql": (1, 2)},
    "web": {"sqlite": (0, 1), "postgresql": (2,)},
    "worker": {"sqlite": (0,), "postgresql": (1, 2)},
}
"""Folder → database → which thirds of its tests a usual run tries there."""
_THIRDS = 3
_WALKS = 2
"""Of the walks in the browser that show no row of a manual, a usual run takes one of so many."""


def draw(name: str, parts: int) -> int:
    """A number below `parts`, the same for this name in every run."""
    return zlib.crc32(name.encode()) % parts


def is_chosen(*names: str, of: int) -> bool:
    """Whether the combination with these names is one that a usual run tries: one of `of` on each
    database, others on the one than on the other."""
    return IS_FULL or draw(" ".join((DATABASE, *names)), of) == 0


def is_here(nodeid: str, marks: set[str]) -> bool:
    """Whether a usual run tries this test on the database of this run."""
    if IS_FULL or "both" in marks:
        return True
    folder = PurePath(nodeid).parts[1]
    if folder == "browser":
        return "row" in marks or draw(nodeid.partition("[")[0], _WALKS) == 0
    return folder not in _ON or draw(nodeid, _THIRDS) in _ON[folder][DATABASE]
