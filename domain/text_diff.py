"""What changed between two texts, line by line and word by word, for people to read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORDS = re.compile(r"\s+|[^\s]+")
MOST_WORDS = 2_000
"""Longer lines are compared as wholes: comparing word by word would take too long."""

LEAST_ALIKE = 0.6
"""Lines that share less stand as wholes: single words between changed ones tell nothing."""


@dataclass(frozen=True)
class Part:
    """Some words of a line; `is_changed` when the other text does not have them."""

    text: str
    is_changed: bool = False


@dataclass(frozen=True)
class Line:
    """One line. `kind`: same (in both), old (only in the old text), new (only in the new one)."""

    kind: str
    parts: tuple[Part, ...]


def compare(old: str, new: str) -> list[Line]:
    """The lines of both texts in order; empty when the texts are equal."""
    before, after = old.split("\n"), new.split("\n")
    if before == after:
        return []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    found: list[Line] = []
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            found += [Line("same", (Part(line),)) for line in before[i1:i2]]
        else:
            found += _changed(before[i1:i2], after[j1:j2])
    return found


def _changed(before: list[str], after: list[str]) -> Iterator[Line]:
    """Lines that were replaced one for one show their words; others stand as wholes."""
    if len(before) != len(after):
        yield from (Line("old", (Part(line, is_changed=True),)) for line in before)
        yield from (Line("new", (Part(line, is_changed=True),)) for line in after)
        return
    for old, new in zip(before, after, strict=True):
        yield from _replaced(old, new)


def _replaced(old: str, new: str) -> Iterator[Line]:
    """Two lines word by word, when enough of them is the same to be read that way."""
    a, b = _WORDS.findall(old), _WORDS.findall(new)
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    if len(a) + len(b) > MOST_WORDS or matcher.ratio() < LEAST_ALIKE:
        yield Line("old", (Part(old, is_changed=True),))
        yield Line("new", (Part(new, is_changed=True),))
        return
    codes = matcher.get_opcodes()
    yield Line("old", tuple(_part(a[i:j], kind) for kind, i, j, _m, _n in codes if j > i))
    yield Line("new", tuple(_part(b[m:n], kind) for kind, _i, _j, m, n in codes if n > m))


def _part(words: list[str], kind: str) -> Part:
    return Part("".join(words), is_changed=kind != "equal")
