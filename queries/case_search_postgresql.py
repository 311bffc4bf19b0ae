"""Hits of one word in the text indexes of PostgreSQL."""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import ColumnElement, Select, Text, func, literal_column, select, text
from sqlalchemy.dialects.postgresql import REGCONFIG
from sqlalchemy.engine import Engine

from domain.search_words import inflected
from extensions import db
from models import Case, Submitter

_COLUMNS = {
    "cases": ("cases.title", "cases.text", "cases.answer_words"),
    "submitters": ("submitters.name", "submitters.email"),
}
_IDS: dict[str, Any] = {"cases": Case.id, "submitters": Submitter.case_id}
_finds_parts: WeakKeyDictionary[Engine, bool] = WeakKeyDictionary()


def hits(source: str, word: str) -> list[Select[Any]]:
    """Selects of case ids; together they are the hits. `source`: cases or submitters."""
    found = [select(_IDS[source]).where(_has_word(source, word))]
    if len(word) > 2 and finds_parts():
        inside = indexed_text(source).contains(word, autoescape=True)
        found.append(select(_IDS[source]).where(inside))
    return found


def finds_parts() -> bool:
    """Whether pg_trgm is there. Asked once per process: it comes with an administrator's deed."""
    if db.engine not in _finds_parts:
        asked = text("SELECT to_regclass('ix_search_cases_parts') IS NOT NULL")
        _finds_parts[db.engine] = bool(db.session.scalar(asked))
    return _finds_parts[db.engine]


def indexed_text(source: str) -> ColumnElement[str]:
    """As the index in migration 0003 has it, to the letter."""
    joined = " || ' ' || ".join(f"coalesce({c}, '')" for c in _COLUMNS[source])
    return literal_column(f"translate(lower({joined}), 'ÅÄÖÉÜ', 'åäöéü')", Text)


def _has_word(source: str, word: str) -> ColumnElement[bool]:
    """In any Swedish form, or as the beginning of a word."""
    words = indexed_text(source)
    swedish, simple = (literal_column(f"'{name}'", REGCONFIG) for name in ("swedish", "simple"))
    vector = func.to_tsvector(swedish, words).op("||")(func.to_tsvector(simple, words))
    simple_words = " | ".join([f"{_quoted(word)}:*", *map(_quoted, inflected(word))])
    asked = func.phraseto_tsquery(swedish, word).op("||")(func.to_tsquery(simple, simple_words))
    return vector.op("@@")(asked)


def _quoted(word: str) -> str:
    """A string of to_tsquery(): nothing in it is an operator."""
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"
