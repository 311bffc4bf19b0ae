"""What a document must not be, asked before anything is laid out: too long, too deeply nested."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

from domain.documents import Document
from domain.errors import RuleBroken
from domain.richtext import clean_html
from domain.text import _

KILOBYTE = 1000
MOST_TEXT = 200 * KILOBYTE
MOST_OF_OURS = 600 * KILOBYTE
"""A whole case is made of many texts: each was limited when it was written."""

MOST_AROUND = 20 * KILOBYTE
"""Title, address, references, head and foot together."""

DEEPEST = 50
UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""What XML, and so a Word file or the PDF's own description, cannot hold."""

VOID = {"br", "hr", "img", "col", "wbr", "meta", "link", "input"}


def checked(document: Document) -> Document:
    """The document as it may be printed: its body clean, no text with signs that no file can hold.

    Raises RuleBroken.
    """
    most = MOST_OF_OURS if document.is_ours else MOST_TEXT
    if len(document.body.encode("utf-8", "replace")) > most or _around(document) > MOST_AROUND:
        raise RuleBroken(
            _(
                "Texten är för lång för ett dokument: högst %(most)s kB får plats. Korta den, "
                "eller dela upp den på flera."
            ),
            most=most // KILOBYTE,
        )
    body = _storable(document.body if document.is_ours else clean_html(document.body))
    if _depth(body) > DEEPEST:
        raise RuleBroken(
            _(
                "Textens listor och citat ligger inuti varandra i för många nivåer för att "
                "skrivas ut. Ta bort formateringen och försök igen."
            )
        )
    settings = document.settings
    return replace(
        document,
        body=body,
        title=" ".join(_storable(document.title).split()) or _("Dokument"),
        municipality=_storable(document.municipality),
        date=_storable(document.date),
        address=tuple(_storable(line) for line in document.address),
        references=tuple((_storable(a), _storable(b)) for a, b in document.references),
        settings=replace(settings, head=_storable(settings.head), foot=_storable(settings.foot)),
        appendices=tuple(replace(a, filename=_storable(a.filename)) for a in document.appendices),
    )


def _storable(text: str) -> str:
    return UNSTORABLE.sub("", text)


def _around(document: Document) -> int:
    settings = document.settings
    texts = [document.title, document.municipality, document.date, settings.head, settings.foot]
    texts += document.address
    texts += [text for pair in document.references for text in pair]
    texts += [appendix.filename for appendix in document.appendices]
    return sum(len(text.encode("utf-8", "replace")) for text in texts)


def _depth(html: str) -> int:
    meter = _DepthMeter()
    meter.feed(html)
    meter.close()
    return meter.deepest


class _DepthMeter(HTMLParser):
    """Counts how many elements stand open at the same time."""

    def __init__(self) -> None:
        super().__init__()
        self.deepest = self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._depth += tag not in VOID
        self.deepest = max(self.deepest, self._depth)

    def handle_endtag(self, tag: str) -> None:
        self._depth -= tag not in VOID and self._depth > 0
