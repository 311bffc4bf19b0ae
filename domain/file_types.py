"""Which files we take in: by their name, by their content, and only when both agree.

Kinds and limits: domain notes §5.3. Every refusal names the file and says what to do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO

from domain import file_signatures as looks
from domain.errors import RuleBroken
from domain.file_names import display_name, extension
from domain.file_policy import MEGABYTE, PICTURES, FilePolicy
from domain.image_sizes import MAX_PIXELS, pixels
from domain.text import _

_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"


@dataclass(frozen=True)
class FileKind:
    """A kind of file: the type it is sent with, and the test its content must pass."""

    content_type: str
    fits: looks.Test


@dataclass(frozen=True)
class CheckedFile:
    """A file that passed: its clean name, its type, its size in bytes."""

    name: str
    content_type: str
    size: int


_JPEG = FileKind("image/jpeg", looks.begins(b"\xff\xd8\xff"))
_TIFF = FileKind("image/tiff", looks.begins(b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+"))

KINDS: dict[str, FileKind] = {
    "pdf": FileKind("application/pdf", looks.is_pdf),
    "jpg": _JPEG,
    "jpeg": _JPEG,
    "png": FileKind("image/png", looks.begins(b"\x89PNG\r\n\x1a\n")),
    "heic": FileKind("image/heic", looks.branded(b"heic", b"heix", b"heim", b"heis", b"hevc")),
    "webp": FileKind("image/webp", looks.riff(b"WEBP")),
    "gif": FileKind("image/gif", looks.begins(b"GIF87a", b"GIF89a")),
    "tif": _TIFF,
    "tiff": _TIFF,
    "docx": FileKind(
        f"{_OFFICE}.wordprocessingml.document",
        looks.office(f"{_OFFICE}.wordprocessingml.document.main+xml"),
    ),
    "odt": FileKind(f"{_OPEN}.text", looks.open_document(f"{_OPEN}.text")),
    "rtf": FileKind("application/rtf", looks.begins(b"{\\rtf")),
    "txt": FileKind("text/plain", looks.is_text),
    "xlsx": FileKind(
        f"{_OFFICE}.spreadsheetml.sheet",
        looks.office(f"{_OFFICE}.spreadsheetml.sheet.main+xml"),
    ),
    "ods": FileKind(f"{_OPEN}.spreadsheet", looks.open_document(f"{_OPEN}.spreadsheet")),
    "eml": FileKind("message/rfc822", looks.is_mail),
    "msg": FileKind("application/vnd.ms-outlook", looks.is_outlook),
    "mp3": FileKind("audio/mpeg", looks.is_mp3),
    "m4a": FileKind("audio/mp4", looks.branded(b"M4A ", b"M4B ", b"mp42", b"isom", b"3gp4")),
    "wav": FileKind("audio/wav", looks.riff(b"WAVE")),
    "mp4": FileKind(
        "video/mp4", looks.branded(b"mp41", b"mp42", b"isom", b"iso2", b"avc1", b"M4V ", b"3gp4")
    ),
    "mov": FileKind("video/quicktime", looks.branded(b"qt  ")),
}
"""By ending: all kinds that can be switched on. FilePolicy.endings says which are."""

PICTURE_TYPES = frozenset(KINDS[ending].content_type for ending in PICTURES)
"""The content types that get a copy without EXIF, and a thumbnail."""


def name_as(filename: str, content_type: str) -> str:
    """`filename` for a copy of another type: "bild.heic" as image/jpeg is "bild.jpg"."""
    kind = KINDS.get(extension(filename))
    if kind is None or kind.content_type == content_type:
        return filename
    ending = next((e for e, kind in KINDS.items() if kind.content_type == content_type), "")
    return f"{filename[: -len(extension(filename)) - 1]}.{ending}" if ending else filename


def accepted(policy: FilePolicy) -> str:
    """The kinds that are taken in, for the accept attribute of a file field."""
    return ",".join(f".{ending}" for ending in KINDS if ending in policy.endings)


def check_file(raw_name: str, stream: IO[bytes], policy: FilePolicy) -> CheckedFile:
    """Check name, size and content of one file; leaves `stream` at its start. Raises RuleBroken."""
    name = display_name(raw_name)
    size = stream.seek(0, 2)
    _check_size(name, size, policy)
    kind = KINDS.get(extension(name)) if extension(name) in policy.endings else None
    if kind is None:
        raise RuleBroken(
            _(
                "Filen %(name)s är av en typ som vi inte tar emot. Vi tar emot %(endings)s. "
                "Spara filen på nytt som någon av dem och bifoga den igen."
            ),
            name=name,
            endings=", ".join(ending for ending in KINDS if ending in policy.endings),
        )
    if not _fits(kind, stream, name):
        raise RuleBroken(
            _(
                "Filen %(name)s går inte att läsa som en %(ending)s-fil. Den kan vara skadad, ha "
                "fel namn eller vara skyddad med lösenord. Spara den på nytt och bifoga den igen."
            ),
            name=name,
            ending=extension(name),
        )
    _check_pixels(name, stream)
    stream.seek(0)
    return CheckedFile(name, kind.content_type, size)


def check_room(name: str, size: int, policy: FilePolicy, *, count: int, together: int) -> None:
    """Refuse one more file beside `count` others of `together` bytes. Raises RuleBroken."""
    if count >= policy.count:
        raise RuleBroken(
            _(
                "Du kan bifoga högst %(limit)s filer. Filen %(name)s följde inte med. "
                "Ta bort en annan fil om den här är viktigare."
            ),
            name=name,
            limit=policy.count,
        )
    if together + size > policy.together:
        raise RuleBroken(
            _(
                "Filerna får vara högst %(limit)s MB tillsammans. Filen %(name)s följde inte med. "
                "Gör den mindre eller ta bort en annan fil."
            ),
            name=name,
            limit=policy.together // MEGABYTE,
        )


def megabytes(size: int) -> str:
    """A size for people, "3,2 MB" or "14 kB"."""
    if size < MEGABYTE // 10:
        return f"{max(1, round(size / 1024))} kB"
    return f"{size / MEGABYTE:.1f} MB".replace(".", ",")


def _check_size(name: str, size: int, policy: FilePolicy) -> None:
    if size == 0:
        raise RuleBroken(
            _("Filen %(name)s är tom. Kontrollera den och bifoga den igen."), name=name
        )
    if size > policy.each:
        raise RuleBroken(
            _(
                "Filen %(name)s är %(size)s. En fil får vara högst %(limit)s MB. "
                "Gör den mindre och bifoga den igen."
            ),
            name=name,
            size=megabytes(size),
            limit=policy.each // MEGABYTE,
        )


def _fits(kind: FileKind, stream: IO[bytes], name: str) -> bool:
    try:
        return kind.fits(stream)
    except RuleBroken as refusal:
        raise RuleBroken(refusal.sentence, name=name) from None


def _check_pixels(name: str, stream: IO[bytes]) -> None:
    if pixels(stream, extension(name)) > MAX_PIXELS:
        raise RuleBroken(
            _("Bilden %(name)s är för stor. Minska antalet bildpunkter och bifoga den igen."),
            name=name,
        )
