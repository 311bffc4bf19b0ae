"""Text that no spreadsheet takes for a formula (threat T40, ASVS 1.2.10)."""

from __future__ import annotations

_BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠", "|", "%")
_SKIPPED = " \u00a0\u200b\ufeff\u2000\u2001\u2002\u2003\u2009\u202f\u3000"


def formula_safe(text: str) -> str:
    """`text` with an apostrophe before it when its first sign, after blanks, begins a formula.

    Control characters, which spreadsheets refuse, are left out.
    """
    clean = "".join(sign for sign in text if sign >= " " or sign in "\t\n")
    begins = text.lstrip(_SKIPPED).startswith(_BEGINNINGS)
    return f"'{clean}" if begins else clean
