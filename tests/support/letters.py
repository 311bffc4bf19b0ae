"""Short words for tests about letters: an answered case, its letter, and reading papers."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

from docx import Document as WordDocument
from pypdf import PdfReader

from extensions import db
from models import Case, Event, utcnow
from services.correspondence import draft, register_event, send_email
from services.correspondence.files import ChosenFiles
from services.correspondence.letters import register_letter
from tests.support.cases import (
    HJO,
    SODERTALJE,
    actor,
    choice,
    edit,
    layout,
    new_case,
    person,
    unit_id,
)

HANDLER, CHIEF = "handlaggare.hjo", "chef.omsorg"
ANSWER = "Vi bygger en plan för utfarten."
ASIDE = "Grannen har ringt fyra gånger."
"""An internal note, which no paper may carry."""


def hjo_case(**values: Any) -> Case:
    """A case at Fritid with an answer and an internal note."""
    given = {
        "contact_way": choice(HJO, "contact_way", "Brev"),
        "unit": unit_id("Fritid"),
        "responsible": person(HANDLER).id,
    }
    case = new_case(**(given | values))
    edit(case, HANDLER, answer=f"<div>{ANSWER}</div>", internal_note=ASIDE)
    db.session.commit()
    return case


def sodertalje_case(**values: Any) -> Case:
    """A case of omsorgskontoret with an answer."""
    given = {
        "contact_way": choice(SODERTALJE, "contact_way", "Per brev"),
        "unit": unit_id("Vård- och omsorgsboende norr"),
        "responsible": person(CHIEF).id,
    }
    case = new_case(SODERTALJE, **(given | values))
    edit(case, CHIEF, answer=f"<div>{ANSWER}</div>")
    db.session.commit()
    return case


def template(key: str, type_key: str = HJO) -> Any:
    return next(t for t in layout(type_key).event_templates if t.key == key)


def prepared(case: Case, key: str, username: str = HANDLER, type_key: str = HJO) -> Any:
    """The prefilled draft of one row of Välj ny händelse…."""
    who = person(username)
    return draft(case, layout(type_key), template(key, type_key), actor=actor(username), user=who)


def letter(
    case: Case,
    key: str = "answer-letter",
    username: str = HANDLER,
    type_key: str = HJO,
    *,
    confirmed: bool = False,
    form_key: str = "",
    **words: Any,
) -> Event | None:
    """Register a letter; `words` replace parts of the draft. Committed."""
    event = register_letter(
        case,
        layout(type_key),
        template(key, type_key),
        replace(prepared(case, key, username, type_key), **words),
        files=ChosenFiles("none"),
        confirmed_other=confirmed,
        key=form_key or f"{key}-{case.id}-{case.event_count}",
        actor=actor(username),
    )
    db.session.commit()
    return event


def mail(case: Case, key: str = "answer-email", username: str = HANDLER) -> Event:
    """Register and queue a mail. Committed."""
    made = prepared(case, key, username)
    event = send_email(
        case,
        layout(HJO),
        template(key),
        made,
        confirmed_other=False,
        key=f"{key}-{case.id}-{case.event_count}",
        actor=actor(username),
    )
    assert event is not None
    db.session.commit()
    return event


def note(case: Case, username: str = HANDLER, type_key: str = HJO, key: str = "note") -> Event:
    """Register a note, a call, a meeting. Committed."""
    made = replace(prepared(case, key, username, type_key), body="<div>Ringde.</div>")
    event = register_event(
        case,
        layout(type_key),
        template(key, type_key),
        made,
        happened_at=utcnow(),
        key=f"{key}-{case.id}-{case.event_count}",
        actor=actor(username),
    )
    assert event is not None
    db.session.commit()
    return event


def pdf_text(raw: bytes) -> str:
    """All the words of a PDF, one space between them."""
    return " ".join(" ".join(p.extract_text() for p in PdfReader(io.BytesIO(raw)).pages).split())


def word_text(raw: bytes) -> str:
    """All the words of a Word file."""
    document = WordDocument(io.BytesIO(raw))
    cells = [c.text for table in document.tables for row in table.rows for c in row.cells]
    return " ".join(" ".join([*(p.text for p in document.paragraphs), *cells]).split())
