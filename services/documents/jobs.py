"""Documents that took too long for a request: queued as rows, made by the worker, kept for a day.

Source and result lie in the file store; the key is made of everything that the document is.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, or_, select, text, update
from sqlalchemy.exc import IntegrityError

from domain.documents import Appendix, Document, LetterSettings
from domain.errors import RuleBroken
from domain.text import _
from extensions import db
from gateways.pdf import PdfError, workshop
from models import RenderJob, utcnow
from services.attachments import file_store
from services.documents.layout import contents, fingerprint, order_of

KILL_SECONDS = 10.0
LEASE = timedelta(seconds=60)
"""How long a job belongs to the worker that took it: well above KILL_SECONDS."""

MOST_TRIES = 3
PAUSE = timedelta(seconds=5)
"""How long a job rests after a try that failed."""

KEPT = timedelta(days=1)
FAILED = _(
    "Dokumentet kunde inte skapas som PDF. Hämta det som Word i stället, eller korta texten."
)

# Written out, not bound: only then do both databases use the partial index.
_OPEN = text("render_jobs.state IN ('waiting', 'running')")


@dataclass(frozen=True)
class ClaimedJob:
    """One document that this worker makes. No row: nothing is held meanwhile."""

    key: str
    source_sha256: str
    attempts: int


def key_of(documents: Sequence[Document]) -> str:
    """SHA-256 of everything the documents are made of, our own layout included."""
    return hashlib.sha256(_source(documents) + fingerprint().encode()).hexdigest()


def find(key: str) -> RenderJob | None:
    """The job of this key, if it was left to the worker less than a day ago."""
    job = db.session.get(RenderJob, key, populate_existing=True)
    if job is not None and job.result_sha256 and not file_store().has(job.result_sha256):
        return None
    return job


def result_of(job: RenderJob) -> bytes | None:
    """The finished PDF; None while it is waited for. Raises RuleBroken when it cannot be made."""
    if job.state == "failed":
        raise RuleBroken(FAILED)
    if job.state != "done" or job.result_sha256 is None:
        return None
    with file_store().open(job.result_sha256) as stream:
        return stream.read()


def queue(key: str, documents: Sequence[Document]) -> None:
    """Leave the documents to the worker. Asking twice is asking once."""
    if find(key) is not None:
        return
    db.session.execute(delete(RenderJob).where(RenderJob.key == key))  # its result is gone
    sha256, _size = file_store().put(io.BytesIO(_source(documents)))
    row = {"key": key, "source_sha256": sha256, "created_at": utcnow()}
    # Another request may have been quicker.
    with contextlib.suppress(IntegrityError), db.session.begin_nested():
        db.session.execute(insert(RenderJob).values(**row))


def claim_due(now: datetime) -> ClaimedJob | None:
    """Take the oldest job that is nobody's, or None. The caller commits before making it."""
    db.session.execute(_given_up(now))
    due = (
        select(RenderJob.key)
        .where(_OPEN, or_(RenderJob.lease_until.is_(None), RenderJob.lease_until <= now))
        .order_by(RenderJob.created_at, RenderJob.key)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row = db.session.execute(
        update(RenderJob)
        .where(RenderJob.key == due.scalar_subquery())
        .values(state="running", lease_until=now + LEASE, attempts=RenderJob.attempts + 1)
        .returning(RenderJob.key, RenderJob.source_sha256, RenderJob.attempts)
        .execution_options(synchronize_session=False)
    ).first()
    return ClaimedJob(*row) if row else None


def make(job: ClaimedJob, *, seconds: float = KILL_SECONDS) -> tuple[str | None, str]:
    """(hash of the result, what went wrong) of one job. Touches no row."""
    try:
        with file_store().open(job.source_sha256) as stream:
            documents = _documents(stream.read())
        order, hashes = order_of(documents)
        raw = workshop.make(order, contents(hashes), seconds=seconds)
    except (PdfError, RuleBroken, FileNotFoundError) as error:
        return None, f"{type(error).__name__}: {error}"
    return file_store().put(io.BytesIO(raw))[0], ""


def finish(job: ClaimedJob, result_sha256: str | None, error: str, now: datetime) -> bool:
    """Write down what became of it. False when the claim was lost: then another one decides."""
    state = "done" if result_sha256 else "failed" if job.attempts >= MOST_TRIES else "waiting"
    again = now + PAUSE if state == "waiting" else None
    written = db.session.execute(
        update(RenderJob)
        .where(
            RenderJob.key == job.key,
            RenderJob.attempts == job.attempts,
            RenderJob.state == "running",
        )
        .values(state=state, result_sha256=result_sha256, error=error, lease_until=again)
        .returning(RenderJob.key)
        .execution_options(synchronize_session=False)
    ).first()
    return written is not None


def purge_jobs(now: datetime) -> None:
    """Forget jobs older than a day; their files go with the next sweep of the file store."""
    db.session.execute(delete(RenderJob).where(RenderJob.created_at < now - KEPT))


def _given_up(now: datetime) -> Any:
    """A job that killed its worker three times is not tried a fourth time."""
    return (
        update(RenderJob)
        .where(_OPEN, RenderJob.attempts >= MOST_TRIES, RenderJob.lease_until <= now)
        .values(state="failed", error="The worker died.", lease_until=None)
        .execution_options(synchronize_session=False)
    )


def _source(documents: Sequence[Document]) -> bytes:
    return json.dumps([asdict(document) for document in documents], sort_keys=True).encode()


def _documents(source: bytes) -> list[Document]:
    return [_document(values) for values in json.loads(source)]


def _document(values: dict[str, Any]) -> Document:
    values["settings"] = LetterSettings(**values["settings"])
    values["appendices"] = tuple(Appendix(**appendix) for appendix in values["appendices"])
    values["address"] = tuple(values["address"])
    values["references"] = tuple((label, value) for label, value in values["references"])
    return Document(**values)
