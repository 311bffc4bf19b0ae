"""Bifoga fil…: the files that go along with an event, newly chosen or taken from the case."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from domain.file_types import CheckedFile
from domain.permissions import Actor
from extensions import db
from models import Attachment, Case, Event
from services.attachments import KeptFile, attach, attach_staged


@dataclass(frozen=True)
class ChosenFiles:
    """What was chosen in a form: new files lie staged under `form_key`; `of_case` are public ids of
    files that the case has already.
    """

    form_key: str
    of_case: tuple[str, ...] = ()


def attach_chosen(
    files: ChosenFiles, case: Case, event: Event, *, actor: Actor
) -> list[Attachment]:
    """Give the chosen files to `event`. A file of another case is passed over."""
    attached = [_again(row, case, event, actor) for row in files_of_case(case, files.of_case)]
    new = attach_staged(files.form_key, case, source="staff", actor=actor, event=event)
    db.session.flush()
    return [*attached, *new]


def files_of_case(case: Case, public_ids: tuple[str, ...]) -> list[Attachment]:
    """The files of `case` with these public ids."""
    rows = select(Attachment).where(
        Attachment.case_id == case.id,
        Attachment.public_id.in_(public_ids),
        Attachment.removed_at.is_(None),
    )
    return list(db.session.scalars(rows.order_by(Attachment.id)))


def _again(row: Attachment, case: Case, event: Event, actor: Actor) -> Attachment:
    kept = KeptFile(CheckedFile(row.filename, row.content_type, row.size), row.sha256)
    return attach(kept, case, source="staff", actor=actor, event=event)
