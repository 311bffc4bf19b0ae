"""How hard a text is to read: LIX, the Swedish readability index, and a sentence about it."""

from __future__ import annotations

import re

from domain.text import _

FEWEST_WORDS = 20
"""Shorter texts say nothing: one long word would make them hard."""

LONG_WORD = 6
"""A word is long when it has more letters than this."""

LEVELS = (
    (30, _("LIX %(lix)s – mycket lättläst.")),
    (40, _("LIX %(lix)s – lättläst.")),
    (50, _("LIX %(lix)s – medelsvår. Sikta på under 40.")),
    (60, _("LIX %(lix)s – svår. Skriv kortare meningar och vanligare ord. Sikta på under 40.")),
    (
        1_000_000,
        _(
            "LIX %(lix)s – mycket svår. Skriv kortare meningar och vanligare ord. "
            "Sikta på under 40."
        ),
    ),
)
"""Below this index → the sentence. static/js/readability.js gets the same list from the page."""

_WORD = re.compile(r"[^\W_]+(?:[-'’.:@/][^\W_]+)*")
_SENTENCE_END = re.compile(r"(?<![.!?:])[.!?:]++(?=\s+[^\sa-zåäöé0-9]|\s*$)|\n+")


def lix(text: str) -> int | None:
    """Words for each sentence, and the share of long words; None for a text that is too short.

    A full stop ends a sentence only before something that can begin one, so "t.ex." and "kl. 10"
    do not; a line break always does (headings, lists).
    """
    words = _WORD.findall(text)
    if len(words) < FEWEST_WORDS:
        return None
    sentences = sum(1 for part in _SENTENCE_END.split(text) if _WORD.search(part))
    long_words = sum(1 for word in words if _letters(word) > LONG_WORD)
    return int(len(words) / sentences + 100 * long_words / len(words) + 0.5)


def _letters(word: str) -> int:
    return sum(1 for sign in word if sign.isalpha())


def readability(text: str) -> tuple[str, dict[str, int]] | None:
    """The sentence about `text` with its values, to be translated by the page; None: too short."""
    index = lix(text)
    if index is None:
        return None
    return next(sentence for below, sentence in LEVELS if index < below), {"lix": index}
