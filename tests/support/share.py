"""How much of all combinations a run tries: a fixed share usually, all with GENSVAR_TEST_FULL=1."""

from __future__ import annotations

import os
import zlib

IS_FULL = os.environ.get("GENSVAR_TEST_FULL") == "1"


def draw(name: str, parts: int) -> int:
    """A number below `parts`, the same for this name in every run."""
    return zlib.crc32(name.encode()) % parts


def is_chosen(*names: str, of: int) -> bool:
    """Whether the combination with these names is the one of `of` that a usual run tries."""
    return IS_FULL or draw(" ".join(names), of) == 0
