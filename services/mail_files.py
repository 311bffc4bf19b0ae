"""Files that leave with mails: what is promised when a mail is queued, and what leaves.

Which bytes leave is decided when the mail is tried for the first time: by then the copy of a
picture without its place and camera is made, and the file is scanned. That choice is written down
(outbox_files.sha256), so that every later try has the same bytes (decision D6).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from sqlalchemy import select

from domain.errors import RuleBroken
from domain.file_guard import NO_COPY_YET, REASONS, Guard
from domain.file_names import display_name
from domain.text import _
from extensions import db
from gateways.mailer import Delayed
from models import OutboxFile, OutboxMessage, StoredFile
from queries.stored_files import guard_of
from services.attachments import file_store
from services.stored_files import blocked_reason, sendable

_PASSING = (REASONS[Guard.WAITING], NO_COPY_YET)
"""Why a file cannot leave just now; the other reasons stay."""


class NamedFile(Protocol):
    """What every row that names a file in the store has: attachments, staged and template files."""

    @property
    def sha256(self) -> str: ...
    @property
    def filename(self) -> str: ...
    @property
    def content_type(self) -> str: ...
    @property
    def size(self) -> int: ...


@dataclass(frozen=True)
class MailFile:
    """One file of one mail, without a database behind it."""

    sha256: str
    filename: str
    content_type: str
    size: int


@dataclass(frozen=True)
class MailPart:
    """One file as gateways/mime.py writes it."""

    filename: str
    content_type: str
    content: bytes = field(repr=False)


class Unsendable(ValueError):
    """A file cannot leave, now or later. The message is a sentence for the outbox."""


def mail_files(rows: Iterable[NamedFile]) -> tuple[MailFile, ...]:
    """The files of some rows as they would leave: pictures as their copies where they are made.

    Raises RuleBroken for one that may never leave.
    """
    outlooks = [_outlook(row) for row in rows]
    for look in outlooks:
        if look.reason and not look.may_pass:
            raise RuleBroken(look.told, field="files")
    return tuple(look.file for look in outlooks)


def outbox_files(rows: Iterable[NamedFile]) -> list[OutboxFile]:
    """The same as rows of a mail that is queued: the originals, until the first try decides."""
    return [
        OutboxFile(
            sha256=row.sha256,
            filename=display_name(row.filename),
            content_type=row.content_type,
            size=row.size,
        )
        for row in rows
    ]


def are_ready(message: OutboxMessage) -> bool:
    """Whether every file is scanned and every picture copied, or will never be."""
    return not any(_outlook(file).may_pass for file in message.files)


def settle(message: OutboxMessage) -> str:
    """Write down which bytes leave, where that is not done. A sentence when one may not, or ""."""
    for file in message.files:
        look = _outlook(file)
        if look.reason:
            return look.told
        file.sha256, file.filename = look.file.sha256, look.file.filename
        file.content_type, file.size = look.file.content_type, look.file.size
    return ""


def files_of(message: OutboxMessage) -> tuple[MailFile, ...]:
    """The files of a claimed mail."""
    return tuple(_plain(file) for file in message.files)


def read_parts(files: Sequence[MailFile]) -> list[MailPart]:
    """The bytes of some files. Raises Unsendable when one is not in the store any more, Delayed
    when the store does not answer.
    """
    return [MailPart(file.filename, file.content_type, _read(file)) for file in files]


_STORE_AWAY = _("Fillagret går inte att nå. Vi försöker igen.")
_MISSING = _("Filen %(name)s finns inte längre i fillagret. Bifoga den igen i ett nytt mejl.")


def _read(file: MailFile) -> bytes:
    try:
        with file_store().open(file.sha256) as stream:
            return stream.read()
    except FileNotFoundError as error:
        raise Unsendable(_MISSING % {"name": file.filename}) from error
    except OSError as error:
        raise Delayed(_STORE_AWAY) from error


def _plain(file: NamedFile) -> MailFile:
    return MailFile(file.sha256, file.filename, file.content_type, file.size)


@dataclass(frozen=True)
class _Outlook:
    """A file as it would leave, or why it may not."""

    file: MailFile
    reason: str = ""

    @property
    def may_pass(self) -> bool:
        return self.reason in _PASSING

    @property
    def told(self) -> str:
        return f"{self.file.filename}: {self.reason}"


def _outlook(file: NamedFile) -> _Outlook:
    plain = _plain(file)
    original = _original_of(file.sha256)
    if original is not None:  # a copy already: what was settled stays, unless it is infected
        return _Outlook(plain, REASONS[guard_of(original)])
    found = sendable(file.sha256)
    if found is None:
        return _Outlook(plain, blocked_reason(file.sha256))
    name = found.name_for(file.filename)
    return _Outlook(MailFile(found.sha256, name, found.content_type, found.size))


def _original_of(sha256: str) -> StoredFile | None:
    """What this content is the copy of, if it is one."""
    return db.session.scalar(select(StoredFile).where(StoredFile.copy_sha256 == sha256).limit(1))
