"""Hash chains: each row of a log carries a keyed hash of itself and of the row before it.

Who changes, removes, inserts or swaps a row breaks the chain at that place; who cuts off the end
breaks the head, which counts the rows. The key is not in the database.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Sequence
from typing import Any

START = ""
"""The chain before the first row."""


def chain_key(secret_key: str) -> bytes:
    """The key of the chains, derived from the installation's secret key."""
    return hmac.digest(secret_key.encode(), b"gensvar log chain", "sha256")


def next_link(key: bytes, before: str, values: Sequence[Any]) -> str:
    """The chain of a row with `values` (plain JSON values) that comes after a row with `before`."""
    text = json.dumps([before, *values], sort_keys=True, separators=(",", ":"))
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def seal_head(key: bytes, name: str, count: int, chain: str) -> str:
    """The seal of a head: a log's name, the number of its rows and the chain of its last one."""
    return next_link(key, "head", [name, count, chain])
