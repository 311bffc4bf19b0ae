"""The correspondence and the files of a printed case, row by row."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from domain.case_parts import WORK_NOTES, Files, Part
from domain.clock import local_datetime
from domain.dates import long_date
from domain.errors import RuleBroken
from domain.events import KINDS
from domain.file_guard import NO_COPY_YET, REASONS, Guard
from domain.text import _
from queries.case_document import PrintedEvent, PrintedFile, printed_events, printed_files
from services.correspondence.posting import COPY as POSTED_COPY
from services.stored_files import blocked_reason, sendable

Content = dict[str, Any]
Mask = Callable[[str], str]

SIGNED_BY_CITIZEN = ("citizen_reply", "received_email")
"""Kinds of events whose sender is the submitter."""


def events_on_paper(case_id: int, wanted: frozenset[Part], mask: Mask) -> list[Content]:
    """Those that go along, in the order in which they happened."""
    rows = printed_events(case_id)
    if Part.INTERNAL not in wanted:
        rows = [r for r in rows if r.purpose not in WORK_NOTES and r.state != "draft"]
    return [_event(row, mask, hides_people=Part.CONTACT not in wanted) for row in rows]


STATES = {
    "draft": "Inte skickat",
    "queued": "Väntar på att skickas",
    "failed": "Kom inte fram",
    "voided": "Makulerat",
}
"""States of events that a reader on paper must know of."""


def _event(row: PrintedEvent, mask: Mask, *, hides_people: bool) -> Content:
    hides_sender = hides_people and row.kind in SIGNED_BY_CITIZEN
    return {
        "number": row.number,
        "kind": KINDS.get(row.kind, row.kind),
        "title": mask(row.title),
        "when": moment(row.happened_at),
        "state": STATES.get(row.state, ""),
        "sender": "" if hides_sender else mask(row.sender),
        "recipient": "" if hides_people else row.recipient,
        "body": mask(row.body),
        "files": [mask(name) for name in row.files],
    }


def files_on_paper(
    case_id: int, way: Files, mask: Mask, only: frozenset[int] | None = None
) -> list[Content]:
    """Without the copies of posted letters: they carry the address, and stand as events.

    `only`: the numbers of those that are wanted.
    """
    if way is Files.NONE:
        return []
    rows = enumerate(printed_files(case_id, POSTED_COPY), 1)
    return [
        _file(number, row, mask, follows=way is Files.MERGED)
        for number, row in rows
        if only is None or number in only
    ]


def _file(number: int, row: PrintedFile, mask: Mask, *, follows: bool) -> Content:
    found = sendable(row.sha256) if follows else None
    source = "Synpunktslämnaren" if row.source == "submitter" else "Handläggningen"
    return {
        "number": number,
        "name": mask(row.filename),
        "size": readable_size(row.size),
        "source": source,
        "day": long_date(row.created_at),
        "sha256": found.sha256 if found else "",
        "content_type": found.content_type if found else "",
        "why_not": _why_not(row) if follows and found is None else "",
    }


def _why_not(row: PrintedFile) -> str:
    """Why a file cannot be printed. Raises RuleBroken for one that soon can."""
    reason = blocked_reason(row.sha256)
    if reason in (NO_COPY_YET, REASONS[Guard.WAITING]):
        raise RuleBroken(
            _(
                "Filen %(name)s är inte klar än. Vänta en stund och försök igen, eller välj en "
                "lista över bilagorna."
            ),
            field="files",
            name=row.filename,
        )
    return reason


def readable_size(size: int) -> str:
    """ "1,5 MB"."""
    amount, unit = float(size), "byte"
    for larger in ("kB", "MB", "GB"):
        if amount < 1024:
            break
        amount, unit = amount / 1024, larger
    digits = f"{amount:.1f}" if unit != "byte" and amount < 10 else f"{amount:.0f}"
    return f"{digits.replace('.', ',')} {unit}"


def moment(value: Any) -> str:
    """ "22 november 2026 kl. 14.30", in local time."""
    return f"{long_date(value)} kl. {local_datetime(value):%H.%M}"
