"""Files of cases: checked, stored, staged while a form has errors, attached when it is sent.

A file is in the store before its row is written (gateways/files.py), so keep_file() holds nothing
of the database: call it before the transaction, because a large file must not hold up others.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO

from sqlalchemy import delete, select

from domain.errors import RuleBroken
from domain.file_policy import FilePolicy
from domain.file_types import CheckedFile, check_file, check_room
from domain.permissions import Actor
from domain.text import _
from extensions import current_settings, db
from gateways.database import reading
from gateways.files import FileStore, FolderStore, StoreAway
from models import Attachment, Case, Event, StagedFile, utcnow
from queries.configuration import configuration
from services import audit
from services.stored_files import note_stored

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class KeptFile:
    """A file that was checked and lies in the store."""

    checked: CheckedFile
    sha256: str


def file_store() -> FileStore:
    """The store of this installation: a folder, or a bucket when the settings name one."""
    settings = current_settings()
    if settings.s3 is None:
        return FolderStore(settings.data_dir / "files")
    from gateways.s3_files import S3FileStore

    return S3FileStore(settings.s3)


def keep_file(filename: str, stream: IO[bytes]) -> KeptFile:
    """Check one uploaded file and store its bytes. Raises RuleBroken with the file's name."""
    checked = check_file(filename, stream, _policy())
    try:
        store = file_store()
        if store.has_room():
            return KeptFile(checked, store.put(stream)[0])
        logger.error("The file store has no room left")
    except StoreAway as error:
        logger.error("A file could not be stored: %s", error)
    raise RuleBroken(
        _(
            "Vi kan inte ta emot filer just nu. Filen %(name)s följde inte med. Skicka utan "
            "filer, eller försök igen om en stund."
        ),
        name=checked.name,
    )


def _policy() -> FilePolicy:
    """The settings of System → Filer. Outside a transaction it leaves none open behind it."""
    if db.session().in_transaction():
        return configuration().file_policy
    with reading():
        policy = configuration().file_policy
        db.session.rollback()
    return policy


def staged(form_key: str) -> list[StagedFile]:
    """The files accepted so far in the unsent form `form_key`, in order."""
    rows = select(StagedFile).where(StagedFile.form_key == form_key).order_by(StagedFile.id)
    return list(db.session.scalars(rows))


def stage_kept(form_key: str, kept: KeptFile) -> StagedFile:
    """Remember a kept file for a form. The same file twice counts once. Raises RuleBroken."""
    others = staged(form_key)
    for other in others:
        if (other.sha256, other.filename) == (kept.sha256, kept.checked.name):
            return other
    policy, together = configuration().file_policy, sum(other.size for other in others)
    check_room(kept.checked.name, kept.checked.size, policy, count=len(others), together=together)
    _refuse_infected(kept)
    row = StagedFile(form_key=form_key, created_at=utcnow(), **_columns(kept))
    db.session.add(row)
    db.session.flush()
    return row


def _refuse_infected(kept: KeptFile) -> None:
    """What is known to be infected is not taken in a second time."""
    if note_stored(kept.sha256, kept.checked.content_type, kept.checked.size).is_infected:
        raise RuleBroken(
            _(
                "Filen %(name)s innehåller skadlig kod och följde inte med. Kontrollera din "
                "dator och välj en annan fil."
            ),
            name=kept.checked.name,
        )


def stage(form_key: str, filename: str, stream: IO[bytes]) -> StagedFile:
    """Check, store and remember one file for the unsent form `form_key`. Raises RuleBroken."""
    return stage_kept(form_key, keep_file(filename, stream))


def remove_staged(form_key: str, public_ids: Iterable[str]) -> None:
    """Forget files of one form. What belongs to another form is left alone."""
    if chosen := list(public_ids):
        db.session.execute(
            delete(StagedFile).where(
                StagedFile.form_key == form_key, StagedFile.public_id.in_(chosen)
            )
        )


def attach_staged(
    form_key: str, case: Case, *, source: str, actor: Actor, event: Event | None = None
) -> list[Attachment]:
    """Give the files of a form to `case`, and to `event` when they came with one."""
    attachments = []
    for row in staged(form_key):
        checked = CheckedFile(row.filename, row.content_type, row.size)
        kept = KeptFile(checked, row.sha256)
        attachments.append(attach(kept, case, source=source, actor=actor, event=event))
        db.session.delete(row)
    db.session.flush()
    return attachments


def attach(
    kept: KeptFile, case: Case, *, source: str, actor: Actor, event: Event | None
) -> Attachment:
    """Give one kept file to `case`, and to `event` if there is one. The caller flushes."""
    attachment = Attachment(
        case_id=case.id,
        event_id=event.id if event else None,
        source=source,
        created_at=utcnow(),
        created_by_id=actor.id,
        **_columns(kept),
    )
    db.session.add(attachment)
    audit.record(actor, "attachment.added", case_id=case.id, new=kept.checked.name)
    if note_stored(kept.sha256, kept.checked.content_type, kept.checked.size).is_infected:
        audit.record(actor, "attachment.infected", case_id=case.id, new=kept.checked.name)
    return attachment


def _columns(kept: KeptFile) -> dict[str, object]:
    return {
        "public_id": secrets.token_urlsafe(32),
        "sha256": kept.sha256,
        "filename": kept.checked.name,
        "content_type": kept.checked.content_type,
        "size": kept.checked.size,
    }
