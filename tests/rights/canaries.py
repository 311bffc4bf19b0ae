"""Words that stand in one field of one case only. Whoever gets them has got that field."""

from __future__ import annotations

import io
import re
import zipfile

from pypdf import PdfReader
from werkzeug.test import TestResponse

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

_WORD = re.compile(r"kanarie_([a-z0-9]+)_([a-z]+)_", re.IGNORECASE)


def canary(case: str, field: str) -> str:
    """The word of this field. It has no place where a letter could hyphenate it."""
    return f"kanarie_{case}_{field}_"


def found_in(answer: TestResponse) -> set[tuple[str, str]]:
    """(case, field) of every canary in the bytes of an answer, papers opened."""
    text = _text_of(answer.data) + " ".join(f"{k}: {v}" for k, v in answer.headers)
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
    by_key = {case.key.casefold(): case for case in cases}
    return {
        (key, field)
        for key, field in found_in(answer)
        if not expect(table[FIELD_RIGHTS.get(field, "case.view")], who, by_key[key])
        or not expect(table["case.view"], who, by_key[key])
    }
