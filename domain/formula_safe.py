"""Text that no spreadsheet takes for a formula (threat T40, ASVS 1.2.10)."""

from __future__ import annotations

import re
import unicodedata

_BEGINNINGS = frozenset("=+-@\t\r\n\0＝＋－＠|%")
_UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})
"""Blanks, marks of format and control characters: a formula may hide behind them."""

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f]")


def formula_safe(text: str) -> str:
    """`text` with an apostrophe before it when its first sign, after blanks, begins a formula.

    Control characters, which spreadsheets refuse, are left out.
    """
    clean = _CONTROLS.sub("", text)
    return f"'{clean}" if _begins_a_formula(text) else clean


def _begins_a_formula(text: str) -> bool:
    for sign in text:
        if sign in _BEGINNINGS:
            return True
        if unicodedata.category(sign) not in _UNSEEN:
            return False
    return False
