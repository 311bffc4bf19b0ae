"""Ids as they come from browsers: the one place that says what may be asked of the database."""

from __future__ import annotations

LARGEST = 2**31 - 1
"""PostgreSQL's integer; a larger number is an error there and an overflow in SQLite's driver."""


def row_id(value: object) -> int | None:
    """The id that `value` writes in plain digits, or None when no row can have it."""
    text = str(value)
    if not (text.isascii() and text.isdigit() and len(text) <= 10):
        return None
    number = int(text)
    return number if number <= LARGEST else None
