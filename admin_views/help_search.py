"""Finding passages of the manual. Words are compared by their beginning, and å is not a."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser

from flask import current_app

from admin_views.help_contents import PAGES, HelpPage

WORD = re.compile(r"\w+")
ENDINGS = (
    "arna", "erna", "orna", "ande", "ades", "ats", "ens", "ets", "ade", "are", "ar", "er", "or",
    "en", "et", "na", "as", "at", "ad", "a", "e", "n", "s", "t",
)  # fmt: skip
SHORTEST_STEM = 4
LONGEST_QUERY = 100
AROUND = 110
"""Letters of a passage on each side of its first hit."""


@dataclass
class Section:
    """A part of a page that a link can lead to."""

    anchor: str
    heading: str = ""
    text: str = ""


@dataclass(frozen=True)
class Hit:
    """A section that holds the words. A piece is text and whether it is one of the words."""

    page: HelpPage
    anchor: str
    heading: list[tuple[str, bool]]
    passage: list[tuple[str, bool]]
    weight: int = field(default=0, compare=False)


class _Reader(HTMLParser):
    """Collects the sections of a page: <section id>, its <h2>, and all text under it."""

    def __init__(self) -> None:
        super().__init__()
        self.sections: list[Section] = []
        self._in_heading = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "section":
            self.sections.append(Section(dict(attrs).get("id") or ""))
        self._in_heading = self._in_heading or tag == "h2"

    def handle_endtag(self, tag: str) -> None:
        if tag == "h2":
            self._in_heading = False

    def handle_data(self, data: str) -> None:
        if not self.sections:
            return
        if self._in_heading:
            self.sections[-1].heading += data
        else:
            self.sections[-1].text += data


@lru_cache(maxsize=64)
def sections_of(slug: str) -> tuple[Section, ...]:
    """The sections of one page, read from its template."""
    loader = current_app.jinja_env.loader
    assert loader is not None  # Flask always has one
    source, _name, _fresh = loader.get_source(
        current_app.jinja_env, f"admin/help/pages/{slug}.html"
    )
    reader = _Reader()
    reader.feed(source)
    for section in reader.sections:
        section.text = " ".join(section.text.split())
    return tuple(reader.sections)


def search(query: str) -> list[Hit]:
    """The sections that hold every word of `query`, those with the words in the heading first."""
    stems = [_stem(word) for word in WORD.findall(query[:LONGEST_QUERY].casefold())]
    hits = list(_hits(stems)) if stems else []
    return sorted(hits, key=lambda hit: -hit.weight)


def _hits(stems: list[str]) -> Iterator[Hit]:
    for page in PAGES:
        for section in sections_of(page.slug):
            title = f"{page.title} {section.heading}"
            if all(_holds(title, s) or _holds(section.text, s) for s in stems):
                in_title = sum(_holds(title, stem) for stem in stems)
                yield Hit(
                    page,
                    section.anchor,
                    _pieces(section.heading, stems),
                    _pieces(_passage(section.text, stems), stems),
                    weight=in_title,
                )


def _stem(word: str) -> str:
    """The word without its longest known ending, as long as four letters are left."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word.removesuffix(ending)
    return word


def _holds(text: str, stem: str) -> bool:
    return any(word.startswith(stem) for word in WORD.findall(text.casefold()))


def _pieces(text: str, stems: list[str]) -> list[tuple[str, bool]]:
    """The text cut at its hits."""
    pieces: list[tuple[str, bool]] = []
    at = 0
    for found in WORD.finditer(text):
        if found[0].casefold().startswith(tuple(stems)):
            pieces += [(text[at : found.start()], False), (found[0], True)]
            at = found.end()
    return [piece for piece in (*pieces, (text[at:], False)) if piece[0]]


def _passage(text: str, stems: list[str]) -> str:
    """The part of the text around its first hit, in whole words."""
    first = next(
        (m.start() for m in WORD.finditer(text) if m[0].casefold().startswith(tuple(stems))), 0
    )
    start, end = max(first - AROUND, 0), first + AROUND
    before = "… " if start else ""
    start = text.find(" ", start) + 1 if start else 0
    if end >= len(text):
        return before + text[start:]
    return f"{before}{text[start : text.rfind(' ', start, end)]} …"
