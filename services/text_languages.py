"""Our own texts to citizens in their language: which one it is, and its dates and numbers."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from domain.dates import NUMBERS, day_in_words
from domain.own_texts import SWEDISH
from extensions import db
from models import Case, Submission
from services.text_context import Context

_COUNTS = ("konfig.bekrafta_dagar", "konfig.svara_dagar")
"""What stands as a Swedish word for a small number."""


def citizen_language(case: Case) -> str:
    """The language of the form that the case came in through; Swedish for every other way."""
    query = select(Submission.language).where(
        Submission.case_id == case.id, Submission.public_form_id.is_not(None)
    )
    return db.session.scalar(query.order_by(Submission.created_at).limit(1)) or SWEDISH


def abroad(context: Context, language: str) -> Context:
    """`context` with its dates and small numbers as `language` writes them."""
    if language == SWEDISH:
        return context
    return {
        name: {key: _value(f"{name}.{key}", value, language) for key, value in details.items()}
        for name, details in context.items()
    }


def _value(name: str, value: Any, language: str) -> Any:
    if isinstance(value, date):
        return day_in_words(value, language)
    return str(NUMBERS.index(value)) if name in _COUNTS and value in NUMBERS else value
