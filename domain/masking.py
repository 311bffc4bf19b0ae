"""Taking known words out of texts: the submitter's contact data, where they must not go along."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import escape

MASK = "[utelämnat]"
SHORTEST = 4
_BETWEEN_WORDS = r"(?:\s|&nbsp;|<[^<>]*>)+"
_BETWEEN_DIGITS = r"(?:[\s\-/().]|&nbsp;)*"
_COUNTRY = "(?:\\+46|0046|0)?"


def masker(words: Iterable[str]) -> Callable[[str], str]:
    """A function that puts MASK in the place of each of `words` in a text or clean HTML.

    Case and the blanks between words do not matter; a telephone number is found however it is
    parted. Words of less than four signs are left alone: they would be found in other words.
    """
    found = words_pattern(words)
    if found is None:
        return lambda text: text
    return lambda text: found.sub(MASK, text)


def words_pattern(words: Iterable[str]) -> re.Pattern[str] | None:
    """A pattern that finds each of `words` as masker() does; None when there is nothing to find."""
    patterns = [_pattern(word.strip()) for word in words if len(word.strip()) >= SHORTEST]
    if not patterns:
        return None
    return re.compile("|".join(sorted(patterns, key=len, reverse=True)), re.IGNORECASE)


def _pattern(word: str) -> str:
    digits = re.sub(r"\D", "", word)
    if len(digits) >= 7 and not re.search(r"[^\W\d_]", word):
        local = re.sub(r"^(?:0046|46(?=\d{8,})|0)", "", digits)
        body = _COUNTRY + _BETWEEN_DIGITS + _BETWEEN_DIGITS.join(local)
    else:
        body = _BETWEEN_WORDS.join(_sign_for_sign(part) for part in word.split())
    return rf"(?<!\w){body}(?!\w)"


def _sign_for_sign(part: str) -> str:
    """The word as text, or as HTML writes it."""
    plain, html = re.escape(part), re.escape(escape(part, quote=False))
    return plain if plain == html else f"(?:{plain}|{html})"
