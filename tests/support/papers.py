"""Short words for tests about documents: a letter, and what a reader finds in its PDF."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

from PIL import Image
from pypdf import PdfReader

from domain.documents import Appendix, Document, LetterSettings
from services.attachments import file_store

MM = 72 / 25.4
A4_HEIGHT = 297 * MM
SETTINGS = LetterSettings(
    head="Samhällsbyggnad\nGata och park", foot="Hjo kommun\nTorggatan 2, 544 30 Hjo\n0503-350 00"
)
LETTER = Document(
    title="Svar på din synpunkt",
    body="<div>Hej Berit!<br><br>Vi har lagat <em>gatubelysningen</em> på Åsgatan.</div>",
    settings=SETTINGS,
    municipality="Hjo kommun",
    date="22 november 2026",
    address=("Berit Ek", "Storgatan 1", "544 30 Hjo"),
    references=(("Ärende-ID", "3868"),),
)


def letter(**changes: Any) -> Document:
    """A letter of one page, with `changes`."""
    return replace(LETTER, **changes)


def long_letter(pages: int = 3) -> Document:
    """A letter of about `pages` pages."""
    sentence = "Synpunkten har lämnats vidare till den enhet som ansvarar för frågan. "
    return letter(body=f"<div>{sentence * 6}</div><div><br></div>" * (8 * pages))


def read(raw: bytes | None) -> PdfReader:
    """The PDF, opened."""
    assert raw is not None
    return PdfReader(io.BytesIO(raw))


def text_of(raw: bytes | None) -> str:
    """All its text, spaces and line breaks alike."""
    return " ".join(" ".join(page.extract_text() for page in read(raw).pages).split())


def pictures_of(raw: bytes | None) -> list[str]:
    """The alternative texts of the pictures in the tagged PDF."""
    found: list[str] = []

    def walk(node: Any) -> None:
        item = node.get_object() if hasattr(node, "get_object") else node
        for child in item if isinstance(item, list) else [item]:
            if isinstance(child, dict):
                if child.get("/S") == "/Figure":
                    found.append(str(child.get("/Alt", "")))
                walk(child.get("/K", []))
            elif child is not item:
                walk(child)

    walk(read(raw).trailer["/Root"]["/StructTreeRoot"]["/K"])
    return found


def place_of(raw: bytes | None, words: str, page: int = 0) -> tuple[float, float]:
    """Where the text begins, in mm from the left and the upper edge (to its base line)."""
    found: list[tuple[float, float]] = []

    def visit(text: str, cm: Any, tm: Any, _font: Any, _size: Any) -> None:
        if text.strip().startswith(words):
            x, y = tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            found.append((x / MM, (A4_HEIGHT - y) / MM))

    read(raw).pages[page].extract_text(visitor_text=visit)
    assert found, words
    return found[0]


def appendix(raw: bytes, filename: str, content_type: str) -> Appendix:
    """A file in the store, to be printed behind a document."""
    return Appendix(file_store().put(io.BytesIO(raw))[0], filename, content_type)


def picture(size: tuple[int, int] = (60, 40), kind: str = "PNG", **options: Any) -> bytes:
    """A picture whose left half is red and whose right half is blue."""
    image = Image.new("RGB", size, "blue")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()
