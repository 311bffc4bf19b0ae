"""Looking at new contents of the file store: the scanner's verdict, and the copies of pictures.

Like the outbox: one UPDATE claims a content, nothing of the database is held while it is looked
at, and what came of it is written down afterwards. The callers open and close the transactions.
"""

from __future__ import annotations

import logging
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_, select, update

from domain.permissions import SYSTEM
from extensions import current_settings, db
from gateways.clamd import ScannerAway, scan
from gateways.files import StoreAway
from gateways.pictures import PictureFailed, picture_copies
from models import Attachment, StoredFile
from services import audit
from services.attachments import file_store

LEASE = timedelta(minutes=5)
"""How long a content belongs to who claimed it. Well above what looking at it may take."""

PAUSES = tuple(timedelta(minutes=m) for m in (1, 2, 5, 15, 30))
"""How long to wait after the first, second … try that failed; the last one from then on."""

SCAN_SECONDS = 30
BATCH = 500

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class FileJob:
    """One claimed content. No row: nothing of the database is held while it is looked at."""

    sha256: str
    tries: int
    needs_scan: bool
    needs_copy: bool


@dataclass(frozen=True)
class Findings:
    """What came of a job: columns to set. `is_away`: the scanner or the store did not answer."""

    columns: dict[str, object]
    is_away: bool = False


def claim_file(now: datetime, only: Collection[str] | None = None) -> FileJob | None:
    """Take the next content that is due (one of `only`), or None. The caller commits."""
    due = (
        select(StoredFile.sha256)
        .where(_is_due(), StoredFile.next_try_at <= now)
        .order_by(StoredFile.next_try_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if only is not None:
        due = due.where(StoredFile.sha256.in_(only))
    row = db.session.scalar(
        update(StoredFile)
        .where(StoredFile.sha256 == due.scalar_subquery())
        .values(next_try_at=now + LEASE, tries=StoredFile.tries + 1)
        .returning(StoredFile)
        .execution_options(synchronize_session=False, populate_existing=True)
    )
    if row is None:
        return None
    needs_scan = row.scan_state != "clean" and bool(current_settings().clamd)
    return FileJob(row.sha256, row.tries, needs_scan, row.copy_state == "waiting")


def examine(job: FileJob, *, scan_seconds: float = SCAN_SECONDS) -> Findings:
    """Scan the content, then make the copies of a picture. Touches no database.

    Nothing is decoded before the scanner has said that it is clean.
    """
    columns: dict[str, object] = {}
    try:
        if job.needs_scan:
            found = _scan(job, scan_seconds)
            if found:
                return Findings({"scan_state": "infected", "scan_result": found})
            columns = {"scan_state": "clean", "scan_result": ""}
        if job.needs_copy:
            columns |= _copies(job)
    except ScannerAway as error:
        logger.warning("The virus scanner gave no verdict: %s", error)
        return Findings({"scan_result": str(error)[:200]}, is_away=True)
    except FileNotFoundError:
        logger.error("A content is missing in the file store: %s", job.sha256)
        return Findings({**columns, "copy_state": "failed"} if job.needs_copy else columns)
    except StoreAway as error:
        logger.warning("The file store did not answer: %s", error)
        return Findings(columns, is_away=True)
    return Findings(columns)


def finish_file(job: FileJob, findings: Findings, now: datetime) -> None:
    """Write down what came of a job. What is infected is told in the log of each case."""
    columns = dict(findings.columns)
    if columns.get("scan_state") != "infected":
        columns["next_try_at"] = now + PAUSES[min(job.tries, len(PAUSES)) - 1]
    row_is = StoredFile.sha256 == job.sha256
    still_open = row_is & (StoredFile.scan_state != "infected")
    changed = db.session.scalar(
        update(StoredFile)
        .where(still_open)
        .values(**columns)
        .returning(StoredFile.sha256)
        .execution_options(synchronize_session=False)
    )
    if changed and columns.get("scan_state") == "infected":
        _tell_infected(job.sha256, str(columns["scan_result"]))


def wake_unscanned(now: datetime) -> int:
    """With a scanner that was set up later: let some more contents wait for it. How many did."""
    if not current_settings().clamd:
        return 0
    some = select(StoredFile.sha256).where(StoredFile.scan_state == "off").limit(BATCH)
    woken = db.session.scalars(
        update(StoredFile)
        .where(StoredFile.sha256.in_(some.scalar_subquery()))
        .values(scan_state="waiting", next_try_at=now, tries=0)
        .returning(StoredFile.sha256)
        .execution_options(synchronize_session=False)
    )
    return len(woken.all())


def _is_due() -> ColumnElement[bool]:
    copying = StoredFile.copy_state == "waiting"
    if not current_settings().clamd:
        return copying & (StoredFile.scan_state != "infected")
    return or_(StoredFile.scan_state == "waiting", copying & (StoredFile.scan_state == "clean"))


def _scan(job: FileJob, seconds: float) -> str:
    with file_store().open(job.sha256) as file:
        return scan(current_settings().clamd, file, seconds=seconds)


def _copies(job: FileJob) -> dict[str, object]:
    """Make and store the copy without EXIF and the thumbnail."""
    store = file_store()
    try:
        with store.open(job.sha256) as file, picture_copies(file) as made:
            copy_sha256, copy_size = store.put(made.copy)
            thumbnail_sha256, _size = store.put(made.thumbnail)
    except PictureFailed as error:
        logger.info("A picture could not be copied (%s): %s", job.sha256, error)
        return {"copy_state": "failed"}
    return {
        "copy_state": "done",
        "copy_sha256": copy_sha256,
        "copy_type": made.copy_type,
        "copy_size": copy_size,
        "thumbnail_sha256": thumbnail_sha256,
    }


def _tell_infected(sha256: str, found: str) -> None:
    logger.warning("The virus scanner found %s in %s", found, sha256)
    for row in db.session.scalars(select(Attachment).where(Attachment.sha256 == sha256)):
        audit.record(SYSTEM, "attachment.infected", case_id=row.case_id, new=row.filename)
