"""Reading a bounce (RFC 3464): which mail did not arrive at whom, and what the server said.

Pure: bytes in, facts out. Whatever arrives in a mailbox was written by strangers, so everything
that is not plainly a final failure of one of our mails is no bounce.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.policy import compat32

LONGEST_REASON = 400

_STATUS_FINAL = re.compile(r"\s*5\.\d{1,3}\.\d{1,3}(?!\d)")
_MESSAGE_ID = re.compile(r"<[!-;=?-~]{3,190}>")
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
_STATUS_PARTS = ("message/delivery-status", "message/global-delivery-status")
_RETURNED_PARTS = (
    "message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers",
)  # fmt: skip


@dataclass(frozen=True)
class Failure:
    """One recipient whom the mail will never reach. The addresses are in lower case."""

    recipients: frozenset[str]
    reason: str


@dataclass(frozen=True)
class Bounce:
    """Message-IDs that the report may be about, and the recipients that failed for good."""

    message_ids: frozenset[str]
    failures: tuple[Failure, ...]


def parse_bounce(raw: bytes) -> Bounce | None:
    """The bounce in `raw`, or None for a delay, an automatic reply, spam and all else."""
    try:
        return _bounce(message_from_bytes(raw, policy=compat32))
    except (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError):
        return None  # the email package stumbles over some bytes; they are no report then


def _bounce(report: Message) -> Bounce | None:
    if report.get_content_type() != "multipart/report" or not report.is_multipart():
        return None
    if str(report.get_param("report-type", "")).lower() not in (
        "delivery-status",
        "global-delivery-status",
    ):
        return None
    parts = _parts(report)
    failures = tuple(
        failure
        for part in parts
        if part.get_content_type() in _STATUS_PARTS
        for failure in _failures(part)
    )
    ids = _returned_ids(parts) or _answered_ids(report)
    return Bounce(ids, failures) if failures and ids else None


def _failures(part: Message) -> list[Failure]:
    """The blocks of a delivery-status part: the first tells of the message, each other of one
    recipient.
    """
    found = []
    for block in _blocks(part):
        if str(block.get("Action", "")).strip().lower() != "failed":
            continue
        if not _STATUS_FINAL.match(str(block.get("Status", ""))):
            continue
        named = [block.get("Final-Recipient"), block.get("Original-Recipient")]
        recipients = frozenset(address for value in named if (address := _address(value)))
        if recipients:
            found.append(Failure(recipients, _reason(block)))
    return found


def _blocks(part: Message) -> list[Message]:
    """The email package knows the blocks of the older kind (RFC 3464); of RFC 6533 it makes one."""
    inside = _parts(part)
    if part.get_content_type() == _STATUS_PARTS[0] or not inside:
        return inside
    whole = inside[0].as_bytes()
    return [message_from_bytes(text, policy=compat32) for text in _BLANK_LINE.split(whole)]


def _address(value: object) -> str:
    """ "rfc822; Berit@example.org" → "berit@example.org"."""
    kind, _, address = str(value or "").partition(";")
    if kind.strip().lower() not in ("rfc822", "utf-8"):
        return ""
    return address.strip().strip("<>").strip().lower()


def _reason(block: Message) -> str:
    """What the far server said: "550 5.1.1 no such user", or the bare status."""
    said = str(block.get("Diagnostic-Code") or "").partition(";")[2] or block.get("Status", "")
    text = _CONTROLS.sub(" ", str(said))
    return " ".join(text.split())[:LONGEST_REASON]


def _returned_ids(parts: list[Message]) -> frozenset[str]:
    """The Message-ID of the mail that came back, whole or as its headers alone."""
    for part in parts:
        if part.get_content_type() not in _RETURNED_PARTS:
            continue
        inside = _parts(part)
        returned = inside[0] if inside else _headers_in(part)
        if ids := _ids(returned.get_all("Message-ID")):
            return ids
    return frozenset()


def _parts(box: Message) -> list[Message]:
    inside = box.get_payload()
    found = inside if isinstance(inside, list) else []
    return [part for part in found if isinstance(part, Message)]


def _headers_in(part: Message) -> Message:
    inner = part.get_payload(decode=True)
    return message_from_bytes(inner if isinstance(inner, bytes) else b"", policy=compat32)


def _answered_ids(report: Message) -> frozenset[str]:
    """Some servers return nothing, and only say which mail they answer."""
    return _ids([*report.get_all("In-Reply-To", []), *report.get_all("References", [])])


def _ids(values: Iterable[object] | None) -> frozenset[str]:
    return frozenset(found for value in values or [] for found in _MESSAGE_ID.findall(str(value)))
