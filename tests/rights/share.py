"""How much of all combinations a run tries: a fixed share usually, all with `./dev faults`."""

from __future__ import annotations

import os
import zlib

IS_FULL = os.environ.get("GENSVAR_TEST_FULL") == "1"
SHARE = 1 if IS_FULL else 12
"""One combination of so many is tried: the same ones in every run."""


def is_chosen(*names: str) -> bool:
    """Whether the combination with these names belongs to the share."""
    return zlib.crc32(" ".join(names).encode()) % SHARE == 0
