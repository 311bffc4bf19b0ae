"""Sending documents that we made: a PDF for the browser's own viewer, a Word file to save."""

from __future__ import annotations

import io
from collections.abc import Sequence

from flask import Response, make_response, render_template, request, send_file

from domain.documents import Document
from gateways.database import writing
from services.documents.rendering import leave_to_worker, pdf_at_once
from services.unit_of_work import unit_of_work

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NOTHING_POLICY = "default-src 'none'; sandbox"
PDF_POLICY = (
    "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
"""What the browser's own viewer of PDFs needs; a sandbox would keep it from showing anything."""


def document_response(documents: Sequence[Document], filename: str, *, inline: bool) -> Response:
    """The documents as one PDF, or the page that asks for patience. Commits. Raises RuleBroken."""
    raw = made_pdf(documents)
    return pdf_response(raw, filename, inline=inline) if raw is not None else being_made_response()


def made_pdf(documents: Sequence[Document]) -> bytes | None:
    """The documents as one PDF, or None: the worker has it to make. Commits. Raises RuleBroken."""
    with unit_of_work():
        raw = pdf_at_once(documents)
    if raw is None:
        with writing(), unit_of_work():  # one of its own: this may be a request that only reads
            leave_to_worker(documents)
    return raw


def pdf_response(raw: bytes, filename: str, *, inline: bool) -> Response:
    """A PDF that we made, shown by the browser's own viewer or saved."""
    return _made(raw, filename, "application/pdf", inline=inline)


def word_response(raw: bytes, filename: str) -> Response:
    """A Word file that we made, saved."""
    return _made(raw, filename, WORD_TYPE, inline=False)


def being_made_response() -> Response:
    """The page that is shown while the worker makes a document; the browser asks again by itself.

    For GET requests: the same address is asked again.
    """
    response = make_response(
        render_template("admin/being_made.html", again=request.full_path.rstrip("?")), 202
    )
    response.headers["Refresh"] = "2"
    return response


def _made(raw: bytes, filename: str, content_type: str, *, inline: bool) -> Response:
    response = send_file(
        io.BytesIO(raw),
        mimetype=content_type,
        as_attachment=not inline,
        download_name=filename,
        etag=False,
        max_age=0,
    )
    response.content_length = len(raw)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = PDF_POLICY if inline else NOTHING_POLICY
    response.headers["Cache-Control"] = "no-store"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
