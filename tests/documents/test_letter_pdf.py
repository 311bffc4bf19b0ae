"""A letter as PDF, read back: text, tags, language, fonts, places, page numbers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from pypdf.generic import DictionaryObject

from domain.documents import LetterSettings
from services.documents.rendering import pdf_at_once, pdf_of
from tests.support.papers import (
    SETTINGS,
    appendix,
    letter,
    long_letter,
    picture,
    place_of,
    read,
    text_of,
)


def test_everything_of_the_letter_is_in_the_pdf(app: Flask):
    body = (
        '<div>Å, ä och ö – «ž» € <a href="https://hjo.se/x">läs mer</a></div><ul><li>Ett</li></ul>'
    )
    raw = pdf_of(letter(body=body))
    text = text_of(raw)
    for words in (
        "Hjo kommun", "Samhällsbyggnad", "Gata och park", "Berit Ek", "544 30 Hjo", "Datum",
        "22 november 2026", "Ärende-ID", "3868", "Svar på din synpunkt", "Å, ä och ö – «ž» €",
        "läs mer", "Ett", "Torggatan 2, 544 30 Hjo", "0503-350 00",
    ):  # fmt: skip
        assert words in text
    assert "Sida" not in text
    links = [a.get_object()["/A"]["/URI"] for a in read(raw).pages[0]["/Annots"]]
    assert links == ["https://hjo.se/x"]


def test_the_pdf_is_tagged_and_says_its_language_and_title(app: Flask):
    pdf = read(pdf_of(letter()))
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"].value
    assert root["/StructTreeRoot"]["/K"]
    assert root["/Lang"] == "sv"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Svar på din synpunkt"
    assert pdf.metadata.author == "Hjo kommun"
    xmp = root["/Metadata"].get_object().get_data().decode()
    assert "pdfuaid" in xmp
    assert "Svar på din synpunkt" in xmp
    tags = roles(root["/StructTreeRoot"])
    assert {"/H1", "/P"} & tags


def roles(node: DictionaryObject) -> set[str]:
    """The kinds of all tags below `node`."""
    found = {str(node["/S"])} if "/S" in node else set()
    below = node.get("/K", [])
    for child in below if isinstance(below, list) else [below]:
        child = child.get_object()
        if isinstance(child, DictionaryObject) and "/S" in child:
            found |= roles(child)
    return found


def test_nothing_hides_in_the_pdf(app: Flask):
    raw = pdf_of(letter())
    assert raw is not None
    for word in (b"/EmbeddedFile", b"/JavaScript", b"/JS", b"/Launch", b"/OpenAction"):
        assert word not in raw
    assert not read(raw).attachments


def test_the_fonts_are_embedded_and_ours(app: Flask):
    body = "<div>rakt <strong>fett</strong> <em>kursivt</em> čđž</div>"
    resources = read(pdf_of(letter(body=body))).pages[0]["/Resources"]
    names = set()
    for font in resources["/Font"].values():
        described = font.get_object()["/DescendantFonts"][0].get_object()
        names.add(str(described["/BaseFont"]))
        assert {"/FontFile2", "/FontFile3"} & set(described["/FontDescriptor"].keys())
    assert names
    assert all("Public-Sans" in name or "PublicSans" in name for name in names), names


@pytest.mark.parametrize(("left", "top"), [(105, 52), (20, 52), (110, 45), (60, 60)])
def test_the_address_stands_in_the_window(app: Flask, left: int, top: int):
    raw = pdf_of(letter(settings=replace(SETTINGS, left_mm=left, top_mm=top)))
    x, y = place_of(raw, "Berit Ek")
    assert x == pytest.approx(left, abs=0.5)
    assert top + 2 < y < top + 6
    _x, title = place_of(raw, "Svar på")
    assert title > top + 38


def test_a_long_address_pushes_the_text_down(app: Flask):
    lines = tuple(f"Adressrad {number}" for number in range(12))
    raw = pdf_of(letter(address=lines))
    assert place_of(raw, "Svar på")[1] > place_of(raw, "Adressrad 11")[1] + 5


def test_without_an_address_the_text_begins_higher_up(app: Flask):
    high, low = pdf_of(letter(address=())), pdf_of(letter())
    assert place_of(high, "Svar på")[1] < place_of(low, "Svar på")[1] - 15


def test_a_long_letter_numbers_its_pages_and_names_itself_on_each(app: Flask):
    pages = read(pdf_of(long_letter())).pages
    assert len(pages) >= 3
    for number, page in enumerate(pages, start=1):
        text = " ".join(page.extract_text().split())
        assert f"Sida {number} av {len(pages)}" in text
        assert "0503-350 00" in text
        assert "Hjo kommun" in text
    assert "Svar på din synpunkt" in pages[1].extract_text()


def test_several_letters_number_their_pages_by_themselves(app: Flask):
    raw = pdf_at_once([letter(title="Första"), long_letter(), letter(title="Tredje")])
    pages = [" ".join(page.extract_text().split()) for page in read(raw).pages]
    assert "Första" in pages[0]
    assert "Sida" not in pages[0]
    assert f"Sida 1 av {len(pages) - 2}" in pages[1]
    assert "Tredje" in pages[-1]
    assert read(raw).trailer["/Root"]["/StructTreeRoot"]["/K"]


def test_the_logo_takes_the_place_of_the_name(app: Flask):
    logo = appendix(picture(), "logo.png", "image/png")
    settings = LetterSettings(logo_sha256=logo.sha256, logo_type="image/png")
    first = read(pdf_of(letter(settings=settings))).pages[0]
    assert len(first.images) == 1
    assert "Hjo kommun" not in first.extract_text()


def test_blank_lines_at_the_end_make_no_page(app: Flask):
    text = letter().body
    assert len(read(pdf_of(letter(body=text + "<div><br></div>" * 80))).pages) == 1


def test_a_document_without_anything_is_a_page(app: Flask):
    bare = letter(title=" ", body="", address=(), references=(), date="", settings=LetterSettings())
    assert "Dokument" in text_of(pdf_of(bare))
