"""Rules of the standard phrases."""

from __future__ import annotations

from sqlalchemy import select

from domain.text import _
from extensions import db
from models import Choice, ChoiceList, Phrase
from services.config_rules.common import check_one_line, check_text, check_unique, need

LONGEST = 5_000


def check_phrase(row: Phrase) -> None:
    """A phrase has a title of its own and a text, and its category is one of its case type's."""
    check_text(row, "title", _("Skriv en rubrik."))
    check_one_line(row, "title")
    check_unique(row, "title", "case_type_id")
    check_text(row, "body", _("Skriv standardtexten."))
    sentence = _("Texten är för lång. Skriv högst %(limit)s tecken.")
    need(len(row.body) <= LONGEST, "body", sentence, limit=LONGEST)
    if row.choice_id is not None:
        need(_is_of_type(row), "choice_id", _("Välj en kategori i listan."))


def _is_of_type(row: Phrase) -> bool:
    query = (
        select(Choice.id)
        .join(ChoiceList)
        .where(Choice.id == row.choice_id, ChoiceList.case_type_id == row.case_type_id)
    )
    return db.session.scalar(query) is not None
