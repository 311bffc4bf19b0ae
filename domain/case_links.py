"""How two cases are linked, as one reads it on the page of one of them."""

from __future__ import annotations

from domain.text import _

RELATED, DUPLICATE_OF, HAS_DUPLICATE = "related", "duplicate-of", "has-duplicate"

WORDS: dict[str, str] = {
    RELATED: _("Hör ihop med"),
    DUPLICATE_OF: _("Dubblett av"),
    HAS_DUPLICATE: _("Har dubbletten"),
}
"""What the case one looks at is to the other one."""

OTHER_WAY = {RELATED: RELATED, DUPLICATE_OF: HAS_DUPLICATE, HAS_DUPLICATE: DUPLICATE_OF}
"""The same link, read on the other case."""

_SHORTEST, _STEM = 4, 6


def stems(title: str) -> frozenset[str]:
    """The beginnings of the longer words of a title: Swedish endings and case do not count."""
    words = "".join(c if c.isalnum() else " " for c in title.casefold()).split()
    return frozenset(word[:_STEM] for word in words if len(word) >= _SHORTEST)
