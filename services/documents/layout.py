"""A document as HTML, CSS and files: what the child process gets to make a PDF of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from config import ROOT
from domain.documents import Appendix, Document
from domain.errors import RuleBroken
from domain.text import _
from gateways.files import StoreAway
from services.attachments import file_store
from services.documents.checks import checked

FOLDER = ROOT / "templates" / "documents"
PICTURES = {
    "image/jpeg", "image/png", "image/webp", "image/gif", "image/tiff", "image/heic", "image/heif",
}  # fmt: skip
MOST_APPENDED = 150 * 1024 * 1024

MARGIN_LEFT, MARGIN_RIGHT, MARGIN_TOP = 25, 25, 15  # mm; those of letter.css
PAGE_WIDTH = 210
WINDOW_WIDTH, WINDOW_HEIGHT = 85, 38
GAP = 5
HEAD_LINE = 4.6  # mm
EMPTY_END = re.compile(r"(?:<br>|<(?:div|p)>(?:\s|&nbsp;|<br>)*</(?:div|p)>|\s|&nbsp;)+$")


def order_of(documents: Sequence[Document]) -> tuple[dict[str, Any], list[str]]:
    """The order to the child, and the hashes of the files that go along. Raises RuleBroken."""
    hashes: list[str] = []
    parts = [_part(document, hashes) for document in documents]
    return {"kind": "pdf", "css": _common_css(), "parts": parts}, hashes


def word_order_of(document: Document) -> tuple[dict[str, Any], list[str]]:
    """The same for a Word file, which lists its appendices by name only."""
    document = checked(document)
    settings = document.settings
    order = {
        "kind": "word",
        "title": document.title,
        "municipality": document.municipality,
        "date": document.date,
        "address": document.address,
        "references": document.references,
        "appendices": [appendix.filename for appendix in document.appendices],
        "head": _lines(settings.head),
        "foot": _lines(settings.foot),
        "left_mm": settings.left_mm,
        "top_mm": settings.top_mm,
        "body": document.body,
    }
    return order, [settings.logo_sha256] if settings.logo_sha256 else []


def contents(hashes: Sequence[str]) -> Iterator[bytes]:
    """The files, one after the other. One that is gone is empty: its page says so."""
    room = MOST_APPENDED
    for sha256 in hashes:
        try:
            with file_store().open(sha256) as stream:
                raw = stream.read(room + 1)
        except FileNotFoundError:
            raw = b""
        except StoreAway as error:
            raise RuleBroken(
                _("Filerna går inte att läsa just nu. Försök igen om en stund.")
            ) from error
        if len(raw) > room:
            raise RuleBroken(
                _(
                    "Bilagorna är för stora för att skrivas ut tillsammans: högst %(most)s MB. "
                    "Välj färre filer."
                ),
                most=MOST_APPENDED // 1024**2,
            )
        room -= len(raw)
        yield raw


def fingerprint() -> str:
    """What our own part of every document is made of, for the key of a render job."""
    names = ("letter.html", "letter.css", "appendix.html")
    return "".join((FOLDER / name).read_text(encoding="utf-8") for name in names)


def _part(document: Document, hashes: list[str]) -> dict[str, Any]:
    document = checked(document)
    settings = document.settings
    html = _template("letter.html").render(
        document=document,
        body=Markup(_demoted(document.body)),  # noqa: S704 - cleaned above, or made by a template of ours
        head=_lines(settings.head),
        foot=_lines(settings.foot),
        appendices=[(a.filename, bool(_kind(a))) for a in document.appendices],
    )
    printed = [_appendix(a, hashes) for a in document.appendices if _kind(a)]
    logo = _position(settings.logo_sha256, hashes) if settings.logo_sha256 else None
    return {
        "html": html,
        "css": _own_css(document),
        "logo": logo,
        "logo_type": settings.logo_type if logo is not None else "",
        "appendices": printed,
    }


def _appendix(appendix: Appendix, hashes: list[str]) -> dict[str, Any]:
    page = _template("appendix.html")
    return {
        "kind": _kind(appendix),
        "file": _position(appendix.sha256, hashes),
        "picture_html": page.render(name=appendix.filename, failed=False),
        "failed_html": page.render(name=appendix.filename, failed=True),
    }


def _position(sha256: str, hashes: list[str]) -> int:
    """Where the file stands among those that go along. Many letters share one logo."""
    if sha256 not in hashes:
        hashes.append(sha256)
    return hashes.index(sha256)


def _kind(appendix: Appendix) -> str:
    if appendix.content_type == "application/pdf":
        return "pdf"
    return "picture" if appendix.content_type in PICTURES else ""


def _own_css(document: Document) -> str:
    """Where the parts of the first page stand: the address in the window, the facts beside it."""
    settings = document.settings
    lines = len(_lines(settings.head))
    below_head = MARGIN_TOP + max(20, lines * HEAD_LINE) + GAP
    if not document.address:
        return (
            f".front {{ padding-top: {below_head - MARGIN_TOP}mm; margin-bottom: 6mm }}"
            ".fact { display: inline-block; margin-right: 10mm; vertical-align: top }"
        )
    left, top = settings.left_mm - MARGIN_LEFT, max(settings.top_mm - MARGIN_TOP, 0)
    room_left = left - GAP
    after = settings.left_mm + WINDOW_WIDTH + GAP
    address_side, facts_side = ("right", "left") if room_left >= 45 else ("left", "right")
    width = min(WINDOW_WIDTH, PAGE_WIDTH - settings.left_mm - 10)
    facts = room_left if facts_side == "left" else max(PAGE_WIDTH - MARGIN_RIGHT - after, 35)
    margin = (
        f"margin-right: {PAGE_WIDTH - MARGIN_RIGHT - settings.left_mm - width}mm"
        if address_side == "right"
        else f"margin-left: {left}mm"
    )
    return (
        f".front {{ padding-top: {top}mm; min-height: {WINDOW_HEIGHT}mm; margin-bottom: 9mm }}"
        f".address {{ float: {address_side}; width: {width}mm; {margin} }}"
        f".facts {{ float: {facts_side}; width: {facts}mm }}"
    )


def _demoted(body: str) -> str:
    """The document's title is its only first heading, and blank lines at its end make no page."""
    body = EMPTY_END.sub("", body)
    return body.replace("<h1>", "<h2>").replace("</h1>", "</h2>")


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(loader=FileSystemLoader(FOLDER), autoescape=True)
    environment.globals["_"] = _
    return environment


def _template(name: str) -> Any:
    return _environment().get_template(name)


@lru_cache(maxsize=1)
def _common_css() -> str:
    return (FOLDER / "letter.css").read_text(encoding="utf-8")
