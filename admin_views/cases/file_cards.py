"""Files as the case page shows them: small picture, name, whence it came, and what guards it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from domain.dates import short_date
from domain.file_guard import BADGES, Guard
from domain.file_types import megabytes
from domain.permissions import Actor, Permission, can
from models import Attachment, Case, StoredFile
from queries.stored_files import guard_of, has_thumbnail, stored_files_of


@dataclass(frozen=True)
class FileCard:
    """What the macro file_list shows of one file. Without `url` it may not be fetched."""

    name: str
    size: str
    url: str = ""
    thumbnail: str = ""
    note: str = ""
    day: str = ""
    badge: tuple[str, str, str] | None = None
    remove_url: str = ""


def case_files(case: Case, actor: Actor) -> list[FileCard]:
    """All files of a case, with where they came from and when."""
    known = stored_files_of(case.id)
    return [
        replace(
            _card(file, case, actor, known),
            note=_source(file),
            day=short_date(file.created_at),
            remove_url=_remove_url(file, case, actor),
        )
        for file in case.attachments
        if file.removed_at is None
    ]


def event_files(
    files: Iterable[Attachment], case: Case, actor: Actor, known: Mapping[str, StoredFile]
) -> list[FileCard]:
    """The files of one event. `known`: stored_files_of() the case."""
    return [_card(file, case, actor, known) for file in files if file.removed_at is None]


def _card(file: Attachment, case: Case, actor: Actor, known: Mapping[str, StoredFile]) -> FileCard:
    row = known.get(file.sha256)
    guard = guard_of(row)
    may_fetch = guard is Guard.FREE and can(actor, Permission.ATTACHMENT_DOWNLOAD, case)
    where: dict[str, Any] = {"case_id": case.id, "public_id": file.public_id}
    badge = BADGES.get(guard)
    return FileCard(
        name=file.filename,
        size=megabytes(file.size),
        url=url_for("case_commands.file", **where) if may_fetch else "",
        thumbnail=(
            url_for("case_commands.thumbnail", **where) if may_fetch and has_thumbnail(row) else ""
        ),
        badge=(_(badge[0]), badge[1], badge[2]) if badge else None,
    )


def _source(file: Attachment) -> str:
    return _("från synpunktslämnaren") if file.source == "submitter" else _("från handläggningen")


def _remove_url(file: Attachment, case: Case, actor: Actor) -> str:
    """Staff take back their own files, unless they went out with an event."""
    is_loose = file.source == "staff" and file.event_id is None
    if not is_loose or not can(actor, Permission.ATTACHMENT_DELETE, case):
        return ""
    return url_for("case_commands.remove_file", case_id=case.id, public_id=file.public_id)
