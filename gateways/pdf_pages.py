"""HTML to pages with WeasyPrint. Imported only in the child process (gateways/pdf_child.py)."""

from __future__ import annotations

import io
from typing import Any

from fontTools.ttLib import woff2
from weasyprint import CSS, HTML, Document, Page
from weasyprint.css.counters import CounterStyle
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from config import ROOT
from gateways.pdf_appendices import read_appendix, with_appended

FONT_FOLDER = ROOT / "static" / "vendor" / "public-sans-5.3.0"


def _unpacked(name: str) -> bytes:
    """A font as WeasyPrint would unpack it for every letter: a third of the time that one takes."""
    stream = io.BytesIO()
    with (FONT_FOLDER / name).open("rb") as packed:
        woff2.decompress(packed, stream)
    return stream.getvalue()


FONTS = {
    f"gensvar:font/{signs}-{slant}": _unpacked(f"public-sans-{signs}-wght-{slant}.woff2")
    for signs in ("latin", "latin-ext")
    for slant in ("normal", "italic")
}
"""Addresses of our own kind: nothing but what we ship or what came with the job has one."""

LOGO = "gensvar:logo"
PICTURE = "gensvar:picture"
VARIANT: dict[str, Any] = {"pdf_variant": "pdf/ua-1", "pdf_tags": True}


class ClosedFetcher(URLFetcher):
    """Hands out our fonts and the pictures of this job. Every other address is refused."""

    def __init__(self, pictures: dict[str, tuple[bytes, str]]) -> None:
        super().__init__(allowed_protocols=())
        self._pictures = pictures

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """The bytes behind one of our own addresses. Raises ValueError."""
        if url in FONTS:
            return URLFetcherResponse(url, FONTS[url], {"Content-Type": "font/ttf"})
        if url in self._pictures:
            raw, content_type = self._pictures[url]
            return URLFetcherResponse(url, raw, {"Content-Type": content_type})
        raise ValueError("not ours")


def make_pdf(order: dict[str, Any], files: list[bytes]) -> bytes:
    """One PDF of all parts, each with its own page numbers, and with its appendices behind it."""
    maker = _Maker(order["css"])
    foreign: list[tuple[int, bytes]] = []  # after how many pages of ours a PDF comes in
    documents: list[Document] = []
    pages: list[Page] = []
    for part in order["parts"]:
        logo = {LOGO: (files[part["logo"]], part["logo_type"])} if part["logo_type"] else {}
        documents.append(maker.lay_out(part["html"], part["css"], logo))
        pages += documents[-1].pages
        for appendix in part["appendices"]:
            found = read_appendix(appendix["kind"], files[appendix["file"]])
            for picture in found.pictures:
                shown = {PICTURE: (picture, "image/jpeg")}
                pages += maker.lay_out(appendix["picture_html"], "", shown).pages
            if found.pdf:
                foreign.append((len(pages), found.pdf))
            elif not found.pictures:
                pages += maker.lay_out(appendix["failed_html"], "", {}).pages
    whole = documents[0].copy(pages)
    raw: bytes = whole.write_pdf(**VARIANT)
    return with_appended(raw, foreign) if foreign else raw


class _Maker:
    """Lays out the parts of one job. Fonts and our style sheet are read once."""

    def __init__(self, css: str) -> None:
        self._shared = {"font_config": FontConfiguration(), "counter_style": CounterStyle()}
        self._sheet = self._read(css)

    def lay_out(self, html: str, css: str, pictures: dict[str, tuple[bytes, str]]) -> Document:
        """The pages of one document; `css` is its own besides the common one."""
        page = HTML(string=html, url_fetcher=ClosedFetcher(pictures))
        sheets = [self._sheet, self._read(css)] if css else [self._sheet]
        return page.render(stylesheets=sheets, **self._shared, **VARIANT)

    def _read(self, css: str) -> CSS:
        return CSS(string=css, url_fetcher=ClosedFetcher({}), **self._shared)
