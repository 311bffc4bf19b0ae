"""The bytes of a mail. The same mail makes the same bytes at every try (decision D6).

Headers are written here, not by the email package's own folding: in the Pythons that Debian ships
it can break a long name at the wrong place. A header is ASCII or an encoded word (RFC 2047), and
no value holds a line break when it comes here (services/outbox.py; refused again below).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import datetime
from email import policy
from email.charset import QP, Charset
from email.header import Header
from email.message import EmailMessage
from email.utils import format_datetime
from html import escape
from typing import Protocol

from domain.mails import AUTOMATIC
from gateways.mime_files import File, file_part

_POLICY = policy.SMTP.clone(refold_source="none")
_PLAIN_NAME = re.compile(r"[A-Za-z0-9]+( [A-Za-z0-9]+)*")
_PLAIN_TEXT = re.compile(r"[ -~]{0,60}")
_ADDRESS = re.compile(r"[!-~]+@[!-~]+")
_PAGE = (
    '<!DOCTYPE html>\n<html lang="sv"><head><meta charset="utf-8"><title>{title}</title></head>\n'
    '<body style="font-family: sans-serif; line-height: 1.5; max-width: 40em">\n{body}\n'
    "</body></html>\n"
)


class Mail(Protocol):
    """What the bytes are made of (services.delivery.ClaimedMail)."""

    @property
    def purpose(self) -> str: ...
    @property
    def message_id(self) -> str: ...
    @property
    def created_at(self) -> datetime: ...
    @property
    def sender_name(self) -> str: ...
    @property
    def sender_email(self) -> str: ...
    @property
    def recipient_name(self) -> str: ...
    @property
    def recipient_email(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def html(self) -> str: ...


def build_bytes(mail: Mail, files: Sequence[File] = ()) -> bytes:
    """The whole message, with CRLF. Raises ValueError for a header that could not be safe."""
    message = EmailMessage(policy=_POLICY)
    for name, value in _headers(mail).items():
        message.set_raw(name, _safe(value))
    message.set_content(f"{mail.text}\n", cte="quoted-printable")
    if mail.html:
        page = _PAGE.format(title=escape(mail.subject), body=mail.html)
        message.add_alternative(page, subtype="html", cte="quoted-printable")
        message.set_boundary(_boundary(mail.message_id))
    if files:
        message.make_mixed(_boundary(f"{mail.message_id} with files"))
        for file in files:
            message.attach(file_part(file))  # type: ignore[arg-type]
    return message.as_bytes()


def _headers(mail: Mail) -> dict[str, str]:
    """No Reply-To: answers belong on the reply page."""
    headers = {
        "From": _mailbox(mail.sender_name, mail.sender_email),
        "To": _mailbox(mail.recipient_name, mail.recipient_email),
        "Subject": _encoded("Subject", mail.subject, _PLAIN_TEXT),
        "Date": format_datetime(mail.created_at),
        "Message-ID": mail.message_id,
    }
    if mail.purpose in AUTOMATIC:
        headers["Auto-Submitted"] = "auto-generated"
    return headers


def _boundary(message_id: str) -> str:
    """Always the same for one mail, and in no other's text."""
    return f"=_{hashlib.sha256(message_id.encode()).hexdigest()[:40]}"


def _mailbox(name: str, address: str) -> str:
    if not _ADDRESS.fullmatch(address):
        raise ValueError("An address may hold no blank and no control character.")
    return f"{_encoded('To', name, _PLAIN_NAME)} <{address}>" if name else address


def _encoded(header: str, value: str, plain: re.Pattern[str]) -> str:
    """`value` as it is when it is plain, else in encoded words that carry any sign."""
    if plain.fullmatch(value) and "=?" not in value:
        return value
    utf8 = Charset("utf-8")
    utf8.header_encoding = QP
    return Header(value, utf8, header_name=header, maxlinelen=70).encode(linesep="\r\n")


def _safe(value: str) -> str:
    """Folded lines begin with a blank; anything else after a line break would be a new header."""
    for line in re.split(r"\r\n[ \t]", value):
        if not re.fullmatch(r"[ -~]*", line):
            raise ValueError("A header may hold no line break and no control character.")
    return value
