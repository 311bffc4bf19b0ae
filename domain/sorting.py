"""Sort keys: Swedish order (å ä ö last, in that order) in databases that sort by code point."""

from __future__ import annotations

import unicodedata

_SWEDISH = str.maketrans({"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}"})


def sort_key(text: str, length: int = 400) -> str:
    """A text whose plain byte order is the Swedish alphabetical order of `text`.

    "{", "|" and "}" follow "z" in ASCII, so å, ä and ö come last and in order; other accents
    are dropped (é sorts as e).
    """
    folded = unicodedata.normalize("NFC", text).casefold().translate(_SWEDISH)
    plain = unicodedata.normalize("NFKD", folded)
    return "".join(c for c in plain if not unicodedata.combining(c))[:length]
