"""Bifoga fil…: the files that go along with an event, new ones or those of template and case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from domain.file_guard import Guard
from domain.file_types import CheckedFile
from domain.permissions import Actor, Permission, can
from extensions import db
from models import Attachment, Case, Event, StagedFile, TemplateFile
from queries.stored_files import guard_of, stored_files_of
from queries.template_versions import files_of_template
from services.attachments import KeptFile, attach, attach_staged, staged


@dataclass(frozen=True)
class ChosenFiles:
    """What was chosen in a form: new files lie staged under `form_key`; the others are public ids
    of files that the template or the case has already.
    """

    form_key: str
    of_case: tuple[str, ...] = ()
    of_template: tuple[str, ...] = ()


def attach_chosen(
    files: ChosenFiles, case: Case, event: Event, *, actor: Actor
) -> list[Attachment]:
    """Give the chosen files to `event`. A file of another case or template is passed over."""
    known: list[Attachment | TemplateFile] = [
        *_of_template(event.template_id, files.of_template),
        *files_of_case(case, files.of_case, actor),
    ]
    attached = [_again(row, case, event, actor) for row in known]
    new = attach_staged(files.form_key, case, source="staff", actor=actor, event=event)
    db.session.flush()
    return [*attached, *new]


def chosen_rows(
    files: ChosenFiles, case: Case, template_id: int, actor: Actor
) -> Sequence[TemplateFile | Attachment | StagedFile]:
    """What attach_chosen() would give to an event, in the same order. Changes nothing."""
    return [
        *_of_template(template_id, files.of_template),
        *files_of_case(case, files.of_case, actor),
        *staged(files.form_key),
    ]


def files_to_choose(case: Case, actor: Actor) -> list[Attachment]:
    """Filer i ärendet: each content under each name once. Only for who may download them."""
    if not can(actor, Permission.ATTACHMENT_DOWNLOAD, case):
        return []
    rows = select(Attachment).where(Attachment.case_id == case.id, Attachment.removed_at.is_(None))
    known = stored_files_of(case.id)
    found: dict[tuple[str, str], Attachment] = {}
    for row in db.session.scalars(rows.order_by(Attachment.id)):
        if guard_of(known.get(row.sha256)) is not Guard.INFECTED:
            found.setdefault((row.sha256, row.filename), row)
    return list(found.values())


def files_of_case(case: Case, public_ids: tuple[str, ...], actor: Actor) -> list[Attachment]:
    """Those of the files to choose from that have these public ids."""
    return [row for row in files_to_choose(case, actor) if row.public_id in public_ids]


def _of_template(template_id: int | None, public_ids: tuple[str, ...]) -> list[TemplateFile]:
    if template_id is None or not public_ids:
        return []
    return [row for row in files_of_template(template_id) if row.public_id in public_ids]


def _again(row: Attachment | TemplateFile, case: Case, event: Event, actor: Actor) -> Attachment:
    kept = KeptFile(CheckedFile(row.filename, row.content_type, row.size), row.sha256)
    return attach(kept, case, source="staff", actor=actor, event=event)
