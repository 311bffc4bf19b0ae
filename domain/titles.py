"""Titles (rubriker) made from texts, for those who gave none."""

from __future__ import annotations

TITLE_LENGTH = 80


def title_from(text: str) -> str:
    """The first words of `text` on one line, at most 80 characters, "…" where more follows."""
    words = " ".join(text.split())
    if len(words) <= TITLE_LENGTH:
        return words
    room = TITLE_LENGTH - 1
    head = words[: room + 1]
    whole = head.rsplit(" ", 1)[0] if " " in head else head[:room]
    return whole.rstrip(" ,;:-–") + "…"
