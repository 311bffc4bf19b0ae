"""Files that are printed behind a document: PDFs as they are, pictures on a page each.

Imported only in the child process (gateways/pdf_child.py): here files of strangers are decoded.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image, ImageFile, ImageOps
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject

PIXELS = 40_000_000
SIDE = 2400
"""Longest side of a printed picture: 200 dots an inch on A4."""

FRAMES = 50
"""How many pages of a scanned TIFF are printed."""

PICTURE_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "TIFF", "HEIF")
MOVING = {"/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen", "/3D"}
Image.MAX_IMAGE_PIXELS = PIXELS


@dataclass(frozen=True)
class Readable:
    """What could be read of one file: a PDF, or pictures as JPEG; neither if nothing could."""

    pdf: bytes = b""
    pictures: tuple[bytes, ...] = ()


def read_appendix(kind: str, raw: bytes) -> Readable:
    """`raw` as it can be printed; `kind` is pdf or picture. Never raises for what is in it."""
    try:
        if kind == "pdf":
            return Readable(pdf=_clean_pdf(raw))
        return Readable(pictures=tuple(_pictures(raw)))
    except Exception:  # noqa: BLE001 - whatever a broken file does, the letter is still printed
        return Readable()


def with_appended(raw: bytes, foreign: list[tuple[int, bytes]]) -> bytes:
    """`raw` with PDFs put in; each is told after how many pages of `raw`. Tags and title stay."""
    writer = PdfWriter(clone_from=io.BytesIO(raw))
    shift = 0
    for position, pdf in foreign:
        reader = PdfReader(io.BytesIO(pdf))
        writer.merge(position + shift, reader, import_outline=False)
        shift += len(reader.pages)
    return _written(writer)


def _clean_pdf(raw: bytes) -> bytes:
    """The pages alone: no scripts, no files inside, no tags that would clash with ours."""
    reader = PdfReader(io.BytesIO(raw))
    if reader.is_encrypted and not reader.decrypt(""):
        raise ValueError("encrypted")
    writer = PdfWriter()
    for page in reader.pages:
        _clean_page(writer.add_page(page))
    if not writer.pages:
        raise ValueError("no pages")
    return _written(writer)


def _clean_page(page: PageObject) -> None:
    for name in ("/AA", "/StructParents", "/Tabs", "/PieceInfo", "/AF"):
        page.pop(NameObject(name), None)
    kept = ArrayObject()
    for reference in page.get("/Annots", ArrayObject()):
        annotation = reference.get_object()
        if isinstance(annotation, DictionaryObject) and annotation.get("/Subtype") not in MOVING:
            for name in ("/AA", "/StructParent", "/Popup"):
                annotation.pop(NameObject(name), None)
            if not _is_web_link(annotation):
                annotation.pop(NameObject("/A"), None)
            kept.append(reference)
    page[NameObject("/Annots")] = kept


def _is_web_link(annotation: DictionaryObject) -> bool:
    action = annotation.get("/A")
    found = action.get_object() if action is not None else None
    return (
        isinstance(found, DictionaryObject) and found.get("/S") == "/URI" and "/Next" not in found
    )


def _pictures(raw: bytes) -> Iterator[bytes]:
    """Each frame of a TIFF, else the one picture, upright, as JPEG without anything beside it."""
    import pi_heif

    pi_heif.register_heif_opener()
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint allows it: half a picture says nothing
    with Image.open(io.BytesIO(raw), formats=PICTURE_FORMATS) as image:
        count = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
        for number in range(min(count, FRAMES)):
            if count > 1:
                image.seek(number)
            if image.width * image.height > PIXELS:
                raise ValueError("too many pixels")
            yield _as_jpeg(image)


def _as_jpeg(image: Image.Image) -> bytes:
    image.draft("RGB", (SIDE, SIDE))  # JPEG: decode no more than is printed
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((SIDE, SIDE))
    if upright.mode in ("RGBA", "LA", "PA", "P"):
        seen = upright.convert("RGBA")
        upright = Image.new("RGB", seen.size, "white")
        upright.paste(seen, mask=seen.getchannel("A"))
    stream = io.BytesIO()
    upright.convert("RGB").save(stream, "JPEG", quality=85)
    return stream.getvalue()


def _written(writer: PdfWriter) -> bytes:
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()
