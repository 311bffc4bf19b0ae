"""Bilagor som alltid följer med: the files of an event template."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from domain.errors import RuleBroken
from domain.file_types import megabytes
from domain.permissions import Actor
from domain.text import _
from extensions import db
from models import EventTemplate, TemplateFile, utcnow
from queries.configuration import configuration
from queries.template_versions import file_of_template, files_of_template
from services.attachments import KeptFile
from services.audit import record
from services.config_changes import subject_of
from services.stored_files import note_stored


def add_files(template: EventTemplate, kept: Sequence[KeptFile], *, actor: Actor) -> None:
    """Give checked files to `template`. The same file twice counts once. Raises RuleBroken."""
    for file in kept:
        _add(template, file, actor)


def remove_file(template: EventTemplate, public_id: str, *, actor: Actor) -> bool:
    """Take one file away from `template`; False when it is gone already. Events keep theirs."""
    row = file_of_template(template.id, public_id)
    if row is None:
        return False
    record(actor, "template.file-removed", subject=subject_of(template), old=row.filename)
    db.session.delete(row)
    db.session.flush()
    return True


def _add(template: EventTemplate, kept: KeptFile, actor: Actor) -> None:
    others = files_of_template(template.id)
    if any((o.sha256, o.filename) == (kept.sha256, kept.checked.name) for o in others):
        return
    _check_room(kept, others)
    db.session.add(
        TemplateFile(
            public_id=secrets.token_urlsafe(32),
            template_id=template.id,
            sha256=kept.sha256,
            filename=kept.checked.name,
            content_type=kept.checked.content_type,
            size=kept.checked.size,
            created_at=utcnow(),
        )
    )
    db.session.flush()
    note_stored(kept.sha256, kept.checked.content_type, kept.checked.size)
    record(actor, "template.file-added", subject=subject_of(template), new=kept.checked.name)


def _check_room(kept: KeptFile, others: Sequence[TemplateFile]) -> None:
    """All files of a template must fit into one mail."""
    policy = configuration().file_policy
    if len(others) >= policy.count:
        raise RuleBroken(
            _("En mall får ha högst %(limit)s bilagor. Ta bort en annan fil först."),
            field="files",
            limit=policy.count,
        )
    if sum(other.size for other in others) + kept.checked.size > policy.mailed:
        raise RuleBroken(
            _("Filerna får vara högst %(limit)s tillsammans, annars ryms de inte i ett mejl."),
            field="files",
            limit=megabytes(policy.mailed),
        )
