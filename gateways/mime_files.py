"""The part of a mail that is a file: its own bytes in base64, under its own name.

A name that is not plain ASCII stands in pieces of percent-encoded UTF-8 (RFC 2231), and once more
in ASCII letters for programs that cannot read that. The two stand in different headers: the same
parameter twice in one header is read differently by different programs.
"""

from __future__ import annotations

import re
import unicodedata
from base64 import encodebytes
from email import policy
from email.message import MIMEPart
from typing import Protocol
from urllib.parse import quote

from domain.file_names import display_name

_POLICY = policy.SMTP.clone(refold_source="none")
_TYPE = re.compile(r"[a-z]+/[A-Za-z0-9][A-Za-z0-9.+-]{0,100}")
_ANY = "application/octet-stream"
_PLAIN_NAME = re.compile(r"[A-Za-z0-9 ._()+,=@-]{1,60}")
_PIECE = 60
"""Signs of one line of an encoded name."""


class File(Protocol):
    """What a part is made of (services.mail_files.MailPart)."""

    @property
    def filename(self) -> str: ...
    @property
    def content_type(self) -> str: ...
    @property
    def content(self) -> bytes: ...


def file_part(file: File) -> MIMEPart:
    """The part that carries `file`. The same file makes the same bytes."""
    name = display_name(file.filename)
    part = MIMEPart(policy=_POLICY)
    part.set_raw("Content-Type", f'{_content_type(file)};\r\n name="{_ascii(name)}"')
    part.set_raw("Content-Transfer-Encoding", "base64")
    part.set_raw("Content-Disposition", f"attachment;\r\n {_parameters(name)}")
    part.set_payload(encodebytes(file.content).decode("ascii").replace("\n", "\r\n"))
    return part


def _content_type(file: File) -> str:
    """The type, if it may stand for bytes in base64: a mail or a multipart may not (RFC 2046)."""
    known = file.content_type if _TYPE.fullmatch(file.content_type) else _ANY
    if known.partition("/")[0] in ("message", "multipart"):
        return _ANY
    return f'{known}; charset="{_charset(file.content)}"' if known == "text/plain" else known


def _charset(content: bytes) -> str:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "windows-1252"
    return "utf-8"


def _ascii(name: str) -> str:
    """`name` in letters that every program can read: "atgard.pdf" for "åtgärd.pdf"."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii")
    plain = re.sub(r"[^A-Za-z0-9 ._()+,=@-]", "_", letters).strip()
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending) > 10:
        stem, dot, ending = plain, "", ""
    return f"{stem[:40].strip() or 'fil'}{dot}{ending}"


def _parameters(name: str) -> str:
    if _PLAIN_NAME.fullmatch(name) and name == name.strip():
        return f'filename="{name}"'
    pieces = _pieces(name)
    if len(pieces) == 1:
        return f"filename*=utf-8''{pieces[0]}"
    pieces[0] = f"utf-8''{pieces[0]}"
    return ";\r\n ".join(f"filename*{number}*={piece}" for number, piece in enumerate(pieces))


def _pieces(name: str) -> list[str]:
    """`name` encoded, in short pieces of whole letters: some programs decode each on its own."""
    pieces = [""]
    for letter in name:
        encoded = quote(letter, safe="")
        if len(pieces[-1]) + len(encoded) > _PIECE:
            pieces.append("")
        pieces[-1] += encoded
    return pieces
