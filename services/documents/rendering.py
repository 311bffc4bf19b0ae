"""PDF and Word files of documents, made in a process of their own (decision 0009).

A PDF is tried at once; one that takes longer than a request may last is left to the worker.
The caller commits: what is left to the worker is a row.
"""

from __future__ import annotations

from collections.abc import Sequence

from domain.documents import Document
from domain.errors import RuleBroken
from domain.text import _
from gateways.pdf import PangoMissing, PdfError, TookTooLong, workshop
from services.documents import jobs
from services.documents.layout import contents, order_of, word_order_of

PATIENCE_SECONDS = 1.0
"""How long a request waits before the worker takes over."""

WORD_SECONDS = 8.0
PANGO = _(
    "PDF kan inte skapas: systembiblioteket Pango saknas. Kör: apt-get install libpango-1.0-0 "
    "libpangoft2-1.0-0 libharfbuzz-subset0"
)


def get_ready() -> None:
    """Start the process that makes documents, without waiting: for pages that lead to a PDF."""
    workshop.start()


def pdf_of(document: Document, *, patience: float | None = None) -> bytes | None:
    """The document as PDF, or None when the worker makes it: ask again. Raises RuleBroken."""
    return pdf_of_all([document], patience=patience)


def pdf_of_all(documents: Sequence[Document], *, patience: float | None = None) -> bytes | None:
    """Several documents as one PDF, each with page numbers of its own. Else as pdf_of()."""
    order, hashes = order_of(documents)
    key = jobs.key_of(documents)
    job = jobs.find(key)
    if job is not None:
        return jobs.result_of(job)
    seconds = PATIENCE_SECONDS if patience is None else patience
    try:
        return workshop.make(order, contents(hashes), seconds=seconds)
    except TookTooLong:
        jobs.queue(key, documents)
        return None
    except PangoMissing as error:
        raise RuleBroken(PANGO) from error
    except PdfError as error:
        raise RuleBroken(jobs.FAILED) from error


def word_of(document: Document) -> bytes:
    """The document as a Word file (DOCX). Raises RuleBroken."""
    order, hashes = word_order_of(document)
    try:
        return workshop.make(order, contents(hashes), seconds=WORD_SECONDS)
    except PdfError as error:
        raise RuleBroken(
            _("Dokumentet kunde inte skapas som Word. Hämta det som PDF i stället.")
        ) from error
