"""What a file is, told from its bytes. Nothing here unpacks or draws a file (threats T31, T32)."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import IO

from domain.errors import RuleBroken
from domain.text import _

Test = Callable[[IO[bytes]], bool]

HEAD = 16 * 1024
CHUNK = 256 * 1024
MAX_ZIP_ENTRIES = 2_000
MAX_ZIP_BYTES = 200 * 1024 * 1024
MAX_ZIP_RATIO = 100

_TEXT_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_UTF16_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_HEADER_LINE = re.compile(rb"[!-9;-~]{1,80}:")
_MAIL_HEADER = re.compile(rb"^(from|date|received|return-path|subject|message-id):", re.I | re.M)
_MACROS = re.compile(r"vbaproject|/activex/|/macrosheets/|^basic/|^scripts/", re.I)
_ZIP_FAULTS = (
    zipfile.BadZipFile, zlib.error, struct.error,
    EOFError, KeyError, NotImplementedError, OSError, RuntimeError, ValueError,
)  # fmt: skip
"""What zipfile raises on files that are broken, hostile or compressed in ways it does not know."""

_OUTLOOK = "__properties_version1.0".encode("utf-16-le")


def head(stream: IO[bytes], size: int = HEAD) -> bytes:
    """The first bytes of the file."""
    stream.seek(0)
    return stream.read(size)


def begins(*signatures: bytes) -> Test:
    """A file that begins with one of `signatures`."""
    return lambda stream: head(stream, 64).startswith(signatures)


def is_pdf(stream: IO[bytes]) -> bool:
    return head(stream, 1024).lstrip(b"\xef\xbb\xbf\r\n\t \x00").startswith(b"%PDF-")


def riff(form: bytes) -> Test:
    """A RIFF file of the form WAVE or WEBP."""

    def test(stream: IO[bytes]) -> bool:
        start = head(stream, 12)
        return start[:4] == b"RIFF" and start[8:12] == form

    return test


def branded(*brands: bytes) -> Test:
    """A file of the MP4 family whose major or compatible brands name one of `brands`."""

    def test(stream: IO[bytes]) -> bool:
        start = head(stream, 256)
        if start[4:8] != b"ftyp":
            return False
        box = start[8 : max(16, int.from_bytes(start[:4]))]
        found = [box[:4], *(box[n : n + 4] for n in range(8, len(box), 4))]
        return any(brand in found for brand in brands)

    return test


def is_mp3(stream: IO[bytes]) -> bool:
    """An ID3 tag, or a frame head of MPEG audio layer III."""
    start = head(stream, 3)
    if start == b"ID3":
        return True
    return len(start) == 3 and start[0] == 0xFF and start[1] & 0xE6 == 0xE2 and start[2] < 0xF0


def is_text(stream: IO[bytes]) -> bool:
    """Text in UTF-8, UTF-16 (with its mark) or Windows-1252: no control characters."""
    if head(stream, 2) in (b"\xff\xfe", b"\xfe\xff"):
        stream.seek(0)
        try:
            return not _UTF16_CONTROLS.search(stream.read().decode("utf-16"))
        except UnicodeDecodeError:
            return False
    return not any(_TEXT_CONTROLS.search(chunk) for chunk in _chunks(stream))


def is_mail(stream: IO[bytes]) -> bool:
    """A message as mail programs save it: header lines first."""
    start = head(stream)
    return bool(_HEADER_LINE.match(start) and _MAIL_HEADER.search(start)) and is_text(stream)


def is_outlook(stream: IO[bytes]) -> bool:
    """A compound file that holds the properties of an Outlook message."""
    if not begins(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")(stream):
        return False
    before = b""
    for chunk in _chunks(stream):
        if _OUTLOOK in before + chunk:
            return True
        before = chunk[-len(_OUTLOOK) :]
    return False


def office(main_type: str) -> Test:
    """A zip whose list of content types names `main_type` (docx, xlsx)."""

    def test(stream: IO[bytes]) -> bool:
        return main_type.encode() in _zip_entry(stream, "[Content_Types].xml")

    return test


def open_document(media_type: str) -> Test:
    """A zip whose entry "mimetype" says `media_type` (odt, ods)."""

    def test(stream: IO[bytes]) -> bool:
        return _zip_entry(stream, "mimetype").strip() == media_type.encode()

    return test


def _zip_entry(stream: IO[bytes], name: str) -> bytes:
    """One small entry of a harmless zip, b"" for anything else. Raises RuleBroken for macros."""
    if not begins(b"PK\x03\x04")(stream):
        return b""
    try:
        with zipfile.ZipFile(stream) as archive:
            entries = archive.infolist()
            if not _is_harmless(entries):
                return b""
            _refuse_macros(entries)
            info = archive.getinfo(name)
            return archive.read(info) if info.file_size <= CHUNK else b""
    except _ZIP_FAULTS:
        return b""


def _is_harmless(entries: list[zipfile.ZipInfo]) -> bool:
    """Not a bomb, not encrypted, no entry that would land outside its folder."""
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    return (
        len(entries) <= MAX_ZIP_ENTRIES
        and unpacked <= MAX_ZIP_BYTES
        and (unpacked <= CHUNK or unpacked / packed <= MAX_ZIP_RATIO)
        and not any(entry.flag_bits & 1 for entry in entries)
        and not any(".." in entry.filename.split("/") for entry in entries)
        and not any(entry.external_attr >> 28 == 0xA for entry in entries)  # symbolic links
    )


def _refuse_macros(entries: list[zipfile.ZipInfo]) -> None:
    if any(_MACROS.search(entry.filename) for entry in entries):
        raise RuleBroken(
            _(
                "Filen %(name)s innehåller makron, och sådana tar vi inte emot. "
                "Spara den utan makron eller som PDF och bifoga den igen."
            )
        )


def _chunks(stream: IO[bytes]) -> Iterator[bytes]:
    stream.seek(0)
    while chunk := stream.read(CHUNK):
        yield chunk
