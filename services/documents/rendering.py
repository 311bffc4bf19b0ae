"""PDF and Word files of documents, made in a process of their own (decision 0009).

A PDF is tried at once; one that takes longer than a request may last is left to the worker.
"""

from __future__ import annotations

from collections.abc import Sequence

from domain.documents import Document, LetterSettings
from domain.errors import RuleBroken
from domain.text import _
from gateways.pdf import PangoMissing, PdfError, TookTooLong, workshop
from services.documents import jobs
from services.documents.layout import contents, order_of, word_order_of

PATIENCE_SECONDS = 1.0
"""How long a request waits before the worker takes over."""

WORD_SECONDS = 8.0
TRIAL_SECONDS = 30.0
PANGO = _(
    "PDF kan inte skapas: systembiblioteket Pango saknas. Kör: apt-get install libpango-1.0-0 "
    "libpangoft2-1.0-0 libharfbuzz-subset0"
)


def get_ready() -> None:
    """Start the process that makes documents, without waiting: for pages that lead to a PDF."""
    workshop.start()


def pdf_of(document: Document, *, patience: float | None = None) -> bytes | None:
    """The document as PDF, or None when the worker makes it: ask again. Raises RuleBroken.

    The caller commits. Pages use web.downloads.document_response(), which does all of it.
    """
    raw = pdf_at_once([document], patience=patience)
    if raw is None:
        leave_to_worker([document])
    return raw


def pdf_at_once(documents: Sequence[Document], *, patience: float | None = None) -> bytes | None:
    """Several documents as one PDF, each with page numbers of its own. Writes nothing.

    None when it takes too long, or waits for the worker already. Raises RuleBroken.
    """
    order, hashes = order_of(documents)
    job = jobs.find(jobs.key_of(documents))
    if job is not None:
        return jobs.result_of(job)
    seconds = PATIENCE_SECONDS if patience is None else patience
    try:
        return workshop.make(order, contents(hashes), seconds=seconds)
    except TookTooLong:
        return None
    except PangoMissing as error:
        raise RuleBroken(PANGO) from error
    except PdfError as error:
        raise RuleBroken(jobs.FAILED) from error


def leave_to_worker(documents: Sequence[Document]) -> None:
    """Let the worker make what took too long. Asking twice is asking once. The caller commits."""
    jobs.queue(jobs.key_of(documents), documents)


def word_of(document: Document) -> bytes:
    """The document as a Word file (DOCX). Raises RuleBroken."""
    order, hashes = word_order_of(document)
    try:
        return workshop.make(order, contents(hashes), seconds=WORD_SECONDS)
    except PdfError as error:
        raise RuleBroken(
            _("Dokumentet kunde inte skapas som Word. Hämta det som PDF i stället.")
        ) from error


def trial() -> str:
    """Make one PDF; the sentence that says what is missing, or "" when all is well. For doctor."""
    document = Document(title="Prov", body="", settings=LetterSettings(), municipality="Prov")
    order, _hashes = order_of([document])
    try:
        workshop.make(order, (), seconds=TRIAL_SECONDS)
    except PangoMissing:
        return str(PANGO)
    except PdfError as error:
        return f"PDF kan inte skapas ({error}). Kontrollera att alla paket är installerade."
    return ""
