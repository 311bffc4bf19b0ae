"""Words that stand in one field of one case only. Whoever gets them has got that field."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from pypdf import PdfReader
from werkzeug.test import TestResponse

from models import OutboxMessage
from tests.rights.oracle import CaseFacts, Row, Subject, expect

FIELD_RIGHTS = {
    "original": "case.view_original",
    "name": "case.view_submitter",
    "street": "case.view_submitter",
    "phone": "case.view_submitter",
    "mail": "case.view_submitter",
    "internal": "case.view_internal",
    "event": "ev.view",
    "file": "att.list",
    "bytes": "att.download",
}
"""Fields with a right of their own; all others come with the case."""

TOLD = ("assistant", "informed")
"""Mails to somebody who was chosen just now: what an open case is about is what they are told."""

_WORD = re.compile(r"kanarie_([a-z0-9]+)_([a-z]+)_", re.IGNORECASE)


def canary(case: str, field: str) -> str:
    """The word of this field. It has no place where a letter could hyphenate it."""
    return f"kanarie_{case}_{field}_"


def found_in(answer: TestResponse) -> set[tuple[str, str]]:
    """(case, field) of every canary in the bytes of an answer, papers opened."""
    text = _text_of(answer.data) + " ".join(f"{k}: {v}" for k, v in answer.headers)
    return _found(text)


def _found(text: str) -> set[tuple[str, str]]:
    return {(case.casefold(), field) for case, field in _WORD.findall(text)}


def _text_of(raw: bytes) -> str:
    if raw.startswith(b"%PDF"):
        pages = PdfReader(io.BytesIO(raw)).pages
        return re.sub(r"\s+", "", "".join(page.extract_text() for page in pages))
    if raw.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(raw)) as parts:
            joined = b"".join(parts.read(name) for name in parts.namelist())
        return re.sub(r"<[^>]*>", "", joined.decode(errors="replace"))
    return raw.decode(errors="replace")


def forbidden_in(
    answer: TestResponse, table: dict[str, Row], who: Subject, cases: tuple[CaseFacts, ...]
) -> set[tuple[str, str]]:
    """Those of the canaries in the answer that this person has no right to."""
    return _forbidden(found_in(answer), table, who, cases)


def forbidden_in_mail(
    message: OutboxMessage, table: dict[str, Row], who: Subject, cases: tuple[CaseFacts, ...]
) -> set[tuple[str, str]]:
    """The same for a mail to one of the staff."""
    words = " ".join((message.recipient_name, message.subject, message.text, message.html))
    leaked = _forbidden(_found(words), table, who, cases)
    if message.purpose in TOLD:
        secret = {case.key.casefold() for case in cases if case.is_secret}
        leaked = {(key, field) for key, field in leaked if field != "title" or key in secret}
    return leaked


def _forbidden(
    found: set[tuple[str, str]], table: dict[str, Row], who: Subject, cases: tuple[CaseFacts, ...]
) -> set[tuple[str, str]]:
    by_key = {case.key.casefold(): case for case in cases}
    return {(key, field) for key, field in found if not may_know(table, who, by_key[key], field)}


def guessed(
    data: dict[str, Any], table: dict[str, Row], who: Subject, cases: tuple[CaseFacts, ...]
) -> dict[str, Any]:
    """`data` with a guess in the place of every canary that this person has no right to.

    So no answer can give back a word that was sent to it, and only a real leak is found.
    """
    by_key = {case.key.casefold(): case for case in cases}

    def guess(found: re.Match[str]) -> str:
        key, field = found.group(1).casefold(), found.group(2)
        return found.group() if may_know(table, who, by_key[key], field) else f"gissad{field}"

    def of(value: Any) -> Any:
        if isinstance(value, list):
            return [of(item) for item in value]
        return _WORD.sub(guess, value) if isinstance(value, str) else value

    return {name: of(value) for name, value in data.items()}


def may_know(table: dict[str, Row], who: Subject, case: CaseFacts, field: str) -> bool:
    """Whether the table lets `who` read this field of the case."""
    row = table[FIELD_RIGHTS.get(field, "case.view")]
    return expect(row, who, case) and expect(table["case.view"], who, case)
