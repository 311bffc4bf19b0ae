"""A letter as a Word file. Imported only in the child process (gateways/pdf_child.py)."""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from html4docx import HtmlToDocx


def make_word(order: dict[str, Any], files: list[bytes]) -> bytes:
    """The DOCX of one document."""
    document = Document()
    document.add_heading(order["title"], level=1)
    HtmlToDocx().add_html_to_document(order["body"], document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()
