"""Which document an event holds: a letter, the case for an external party, a copy handed out."""

from __future__ import annotations

from domain.documents import Document
from domain.event_rules import OUTSIDE
from models import Case, Event
from services.documents.case_document import external_document
from services.documents.copy_document import HAND_OUT, copy_document
from services.documents.letter_document import letter_document


def document_of(event: Event, case: Case) -> Document:
    """The document of `event`, as it would be printed now. Changes nothing."""
    if HAND_OUT in event.options:
        return copy_document(event)
    if event.purpose == OUTSIDE and "case" in event.options:
        return external_document(event)
    return letter_document(event, case)
