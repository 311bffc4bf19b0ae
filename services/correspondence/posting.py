"""Markera som postat: a letter has left, and the paper that left is kept as it was."""

from __future__ import annotations

import io

from sqlalchemy import select

from domain.errors import NotAllowed, RuleBroken
from domain.event_rules import OUTSIDE, is_paper, may_post
from domain.file_names import display_name
from domain.file_types import CheckedFile
from domain.permissions import Actor
from domain.text import _
from extensions import db
from models import Attachment, Case, Event, utcnow
from queries.event_revisions import revision_count
from services import audit
from services.attachments import KeptFile, attach, file_store
from services.correspondence.revising import locked_event

COPY = "posted_file"
"""The key in events.options of the public id of the PDF that was posted."""


def post_letter(event: Event, case: Case, pdf: bytes, *, seen: int, actor: Actor) -> None:
    """Mark a letter as posted and keep `pdf`, which was made of its version `seen`.

    Raises NotAllowed, and RuleBroken when somebody changed the letter since.
    """
    keep_copy(mark_posted(event, case, seen=seen, actor=actor), case, pdf, actor=actor)


def mark_posted(event: Event, case: Case, *, seen: int, actor: Actor) -> Event:
    """Mark a letter as posted. Its copy is made afterwards (missing_copies). Raises as above."""
    event = locked_event(event)
    verdict = may_post(event, case, actor)
    if not verdict:
        raise NotAllowed(verdict.reason)
    if revision_count(event.id) != seen:
        raise RuleBroken(
            _("Brevet ändrades nyss av någon annan. Läs igenom det och markera det igen.")
        )
    _mark(event, actor)
    return event


def post_all(case: Case, *, actor: Actor) -> list[Event]:
    """Mark every letter to the submitter as posted, as closing the case does.

    Their copies are made afterwards (missing_copies): closing waits for no PDF.
    """
    letters = select(Event).where(*_letters(case), Event.state == "draft")
    waiting = list(db.session.scalars(letters.order_by(Event.number)))
    for event in waiting:
        _mark(event, actor)
    return waiting


def missing_copies(case: Case) -> list[Event]:
    """Posted letters of which no copy is kept yet."""
    posted = db.session.scalars(select(Event).where(*_letters(case), Event.state == "sent"))
    return [event for event in posted if lacks_copy(event)]


def lacks_copy(event: Event) -> bool:
    """Whether this is a posted letter without its copy."""
    is_posted = is_paper(event) and event.state == "sent" and event.posted_at is not None
    return is_posted and posted_copy(event) is None


def posted_copy(event: Event) -> Attachment | None:
    """The PDF that was posted."""
    wanted = event.options.get(COPY)
    return next((file for file in event.attachments if file.public_id == wanted), None)


def keep_copy(event: Event, case: Case, pdf: bytes, *, actor: Actor) -> Attachment:
    """Keep `pdf` as the paper that was posted. Once: a second copy changes nothing."""
    event = locked_event(event)
    kept = posted_copy(event)
    if kept is not None:
        return kept
    sha256, size = file_store().put(io.BytesIO(pdf))
    checked = CheckedFile(document_name(event, "pdf"), "application/pdf", size)
    kept = attach(KeptFile(checked, sha256), case, source="staff", actor=actor, event=event)
    event.options = {**event.options, COPY: kept.public_id}
    db.session.flush()
    db.session.refresh(event, ["attachments"])
    return kept


def document_name(event: Event, ending: str) -> str:
    """The file name of a letter, as the manual has it: "Svar på synpunkt 9946.pdf"."""
    return display_name(f"{event.title} {event.case_id}.{ending}")


def _letters(case: Case):  # type: ignore[no-untyped-def]
    return (
        Event.case_id == case.id,
        Event.kind == "document",
        Event.purpose != OUTSIDE,
        Event.removed_at.is_(None),
    )


def _mark(event: Event, actor: Actor) -> None:
    event.state = "sent"
    event.posted_at = utcnow()
    subject = f"event {event.number}"
    audit.record(actor, "event.posted", case_id=event.case_id, subject=subject, new=event.recipient)
