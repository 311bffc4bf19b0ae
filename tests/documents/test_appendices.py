"""Files printed behind a document: PDFs, pictures, what is broken, and what is only named."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from flask import Flask
from PIL import Image
from pypdf import PdfWriter
from pypdf.annotations import Link
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from domain.documents import Appendix
from domain.errors import RuleBroken
from services.documents import layout
from services.documents.rendering import pdf_at_once, pdf_of
from tests.support.papers import appendix, letter, long_letter, picture, read, text_of
from tests.support.pictures import HEIC

PDF = "application/pdf"


def pages_of(*appendices: Appendix, **changes: object) -> list[str]:
    """The text of every page of a letter with appendices."""
    raw = pdf_of(letter(appendices=appendices, **changes), patience=60)
    return [" ".join(page.extract_text().split()) for page in read(raw).pages]


def a_pdf(text: str, pages: int = 1) -> bytes:
    raw = pdf_of(letter(title=text)) if pages == 1 else pdf_of(long_letter(pages))
    assert raw is not None
    return raw


def spoiled(writer: PdfWriter) -> bytes:
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def test_appendices_follow_in_their_order_and_are_listed(app: Flask):
    files = [
        appendix(a_pdf("Detaljplan"), "plan.pdf", PDF),
        appendix(picture(), "bild på gatan.png", "image/png"),
        appendix(b"RIFF", "inspelning.wav", "audio/wav"),
        appendix(a_pdf("Protokoll"), "protokoll.pdf", PDF),
    ]
    pages = pages_of(*files)
    assert len(pages) == 4
    for words in ("Bilagor", "plan.pdf", "bild på gatan.png", "protokoll.pdf"):
        assert words in pages[0]
    assert "inspelning.wav – skrivs inte ut här" in pages[0]
    assert "Detaljplan" in pages[1]
    assert "bild på gatan.png" in pages[2]
    assert "Protokoll" in pages[3]
    assert "Sida" not in " ".join(pages)  # the letter itself has one page


def test_the_pdf_stays_tagged_and_keeps_its_title(app: Flask):
    raw = pdf_of(letter(appendices=(appendix(a_pdf("Plan"), "plan.pdf", PDF),)))
    pdf = read(raw)
    root = pdf.trailer["/Root"]
    assert root["/Lang"] == "sv"
    assert root["/StructTreeRoot"]["/K"]
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Svar på din synpunkt"


def test_each_letter_has_its_own_appendices_behind_it(app: Flask):
    first = letter(title="Första", appendices=(appendix(a_pdf("Plan A"), "a.pdf", PDF),))
    second = letter(title="Andra", appendices=(appendix(picture(), "b.png", "image/png"),))
    pages = [p.extract_text() for p in read(pdf_at_once([first, second])).pages]
    for words, page in zip(("Första", "Plan A", "Andra", "b.png"), pages, strict=True):
        assert words in page


def encrypted() -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(a_pdf("Hemlig")))
    writer.encrypt("lösen", algorithm="RC4-128")
    return spoiled(writer)


def noise() -> bytes:
    stream = io.BytesIO()
    Image.effect_noise((200, 200), 80).save(stream, "PNG")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("make", "content_type"),
    [
        (lambda: b"%PDF-1.7 trasig", PDF),
        (lambda: a_pdf("Halv")[:3000], PDF),
        (lambda: b"", PDF),
        (encrypted, PDF),
        (lambda: spoiled(PdfWriter()), PDF),
        (lambda: b"\x89PNG\r\n\x1a\n trasig", "image/png"),
        (lambda: noise()[:1000], "image/png"),
        (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/png"),
    ],
    ids=["no pdf", "half", "empty", "encrypted", "no pages", "no png", "half png", "svg"],
)
def test_a_broken_file_becomes_a_page_that_says_so(app: Flask, make, content_type: str):
    pages = pages_of(appendix(make(), "trasig fil.xyz", content_type))
    assert len(pages) == 2
    assert "Filen trasig fil.xyz kunde inte skrivas ut." in pages[1]


def test_a_file_that_is_gone_becomes_a_page_that_says_so(app: Flask):
    assert "plan.pdf kunde inte skrivas ut" in pages_of(Appendix("0" * 64, "plan.pdf", PDF))[1]


def test_a_picture_with_too_many_pixels_is_not_decoded(app: Flask):
    huge = io.BytesIO()
    Image.new("1", (9000, 5000)).save(huge, "PNG")
    assert "kunde inte skrivas ut" in pages_of(appendix(huge.getvalue(), "x.png", "image/png"))[1]


def test_a_picture_stands_upright_and_carries_no_place(app: Flask):
    exif = Image.Exif()
    exif[0x0112] = 6  # turn a quarter to the right
    exif[0x010E] = "HEMLIGPLATS"
    raw = picture((120, 60), "JPEG", exif=exif)
    made = pdf_of(letter(appendices=(appendix(raw, "a.jpg", "image/jpeg"),)))
    assert made is not None
    shown = read(made).pages[1].images[0].image
    assert shown is not None
    assert shown.size == (60, 120)
    assert b"HEMLIGPLATS" not in made
    top = shown.convert("RGB").getpixel((30, 10))
    assert isinstance(top, tuple)
    assert top[0] > 200 > top[2]  # its left half was red and is now above


def test_every_page_of_a_scanned_tiff_is_printed(app: Flask):
    stream = io.BytesIO()
    frames = [Image.new("RGB", (50, 70), colour) for colour in ("red", "green", "blue")]
    frames[0].save(stream, "TIFF", save_all=True, append_images=frames[1:])
    assert len(pages_of(appendix(stream.getvalue(), "s.tiff", "image/tiff"))) == 4


def test_a_heic_photo_is_printed(app: Flask):
    made = pdf_of(letter(appendices=(appendix(HEIC, "a.heic", "image/heic"),)))
    assert len(read(made).pages[1].images) == 1


def test_scripts_and_files_of_a_foreign_pdf_do_not_come_along(app: Flask):
    writer = PdfWriter(clone_from=io.BytesIO(a_pdf("Fälla")))
    writer.add_attachment("virus.exe", b"MZ elak")
    page = writer.pages[0]
    action = DictionaryObject({NameObject("/S"): NameObject("/JavaScript")})
    action[NameObject("/JS")] = TextStringObject("app.alert('sida')")
    writer.root_object[NameObject("/OpenAction")] = action
    page[NameObject("/AA")] = DictionaryObject({NameObject("/O"): action})
    link = Link(rect=(0, 0, 9, 9), url="https://exempel.se/")
    trap = Link(rect=(0, 0, 9, 9), url="https://exempel.se/")
    trap[NameObject("/A")] = action
    writer.add_annotation(0, link)
    writer.add_annotation(0, trap)
    trapped = spoiled(writer)
    raw = pdf_of(letter(appendices=(appendix(trapped, "f.pdf", PDF),)))
    assert "Fälla" in text_of(raw)
    assert raw is not None
    for word in ("/JavaScript", "app.alert", "/EmbeddedFile", "virus.exe"):
        assert word in objects_of(trapped)
        assert word not in objects_of(raw)
    assert "https://exempel.se/" in objects_of(raw)


def objects_of(raw: bytes) -> str:
    """Every object of a PDF, written out: also what no page names."""
    pdf = read(raw)
    numbers = range(1, int(pdf.trailer["/Size"]))
    return "".join(repr(pdf.get_object(number)) for number in numbers)


def test_files_that_are_too_large_together_are_refused(app: Flask, monkeypatch):
    monkeypatch.setattr(layout, "MOST_APPENDED", 5000)
    file = appendix(picture((900, 900), "BMP"), "stor.png", "image/png")
    with pytest.raises(RuleBroken, match="för stora"):
        pdf_of(letter(appendices=(file,)))


def test_one_file_twice_is_sent_once(app: Flask):
    file = appendix(picture(), "a.png", "image/png")
    order, hashes = layout.order_of([letter(appendices=(file, replace(file, filename="b.png")))])
    assert hashes == [file.sha256]
    assert [a["file"] for a in order["parts"][0]["appendices"]] == [0, 0]
