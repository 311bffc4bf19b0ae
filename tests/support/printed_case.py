"""A case with something in each of its parts, and what is printed of it, for tests."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

from domain.case_parts import Choices, Files, Part
from domain.documents import Document
from extensions import db
from models import Case, Event, utcnow
from services.attachments import attach, keep_file
from services.correspondence import register_event
from services.documents.case_document import case_document
from services.documents.rendering import pdf_of, word_of
from tests.support import letters
from tests.support.cases import SODERTALJE, actor, choice, layout, new_case, person, unit_id

BOSS, READER, ASSISTANT, FOREIGN = "chef.omsorg", "lasare.omsorg", "bitradande.omsorg", "chef.hjo"

TEXT = "Ledstången i trapphuset sitter löst."
ORIGINAL = "Ledstången i trapphuset sitter löst, säger Nisse."
ANSWER = "Vi skruvar fast den på måndag."
INTERNAL = "Hyresvärden är redan tillsagd."
NOTE = "Ringde vaktmästaren om skruvarna."
CONTACT = ("Berit Ek", "Storgatan 1", "544 30 Hjo", "070-123 45 67", "berit.ek@example.org")
EVERY = Choices(frozenset(Part), Files.LIST)


def case_of(**values: Any) -> Case:
    """A case of omsorgskontoret with text, original, answer, notes, a letter and a file."""
    given = {
        "text": ORIGINAL,
        "answer": f"<div>{ANSWER}</div>",
        "internal_comment": INTERNAL,
        "submitter_phone": "070-123 45 67",
        "contact_way": choice(SODERTALJE, "contact_way", "Per brev"),
        "unit": unit_id("Vård- och omsorgsboende"),
        "responsible": person(BOSS).id,
        "assistants": [person(ASSISTANT).id],
    }
    case = new_case(SODERTALJE, **(given | values))
    case.text = case.title = TEXT
    register(case, "note", NOTE)
    letters.letter(case, username=BOSS, type_key=SODERTALJE)
    kept = keep_file("mått.txt", io.BytesIO(b"3 meter"))
    attach(kept, case, source="submitter", actor=actor(BOSS), event=None)
    db.session.commit()
    return case


def _begin(case: Case, key: str) -> Any:
    return letters.prepared(case, key, BOSS, SODERTALJE)


def register(case: Case, key: str, text: str) -> Event | None:
    """Register a note, a call, a meeting."""
    return register_event(
        case,
        layout(SODERTALJE),
        letters.template(key, SODERTALJE),
        replace(_begin(case, key), title="Samtal", body=f"<div>{text}</div>"),
        happened_at=utcnow(),
        key=f"{key}-{case.id}-{case.event_count}",
        actor=actor(BOSS),
    )


def printed(case: Case, choices: Choices, username: str = BOSS) -> Document:
    """What this person would print."""
    return case_document(case, layout(SODERTALJE), choices, actor(username), at=utcnow())


def pdf_text(document: Document) -> str:
    """All the words of its PDF."""
    raw = pdf_of(document, patience=20)
    assert raw is not None
    return letters.pdf_text(raw)


def word_text(document: Document) -> str:
    """All the words of its Word file."""
    return letters.word_text(word_of(document))
