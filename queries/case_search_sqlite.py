"""Hits of one word in the FTS5 tables of SQLite."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, column, select, table

from domain.search_words import inflected

SHORTEST_PART = 3
"""A trigram has three signs: shorter words are searched for as beginnings of words."""


def hits(source: str, word: str) -> list[Select[Any]]:
    """Selects of case ids; together they are the hits. `source`: cases or submitters."""
    if len(word) < SHORTEST_PART:
        return [_match(f"search_{source}_words", f"{_quoted(word)} *")]
    forms = " OR ".join(_quoted(form) for form in inflected(word))
    found = [_match(f"search_{source}_parts", _quoted(word))]
    return [*found, _match(f"search_{source}_words", forms)] if source == "cases" else found


def _match(name: str, question: str) -> Select[Any]:
    fts = table(name, column("rowid"), column(name))
    return select(fts.c.rowid).where(fts.c[name].op("MATCH")(question))


def _quoted(word: str) -> str:
    """A string of FTS5: nothing in it is an operator."""
    return '"' + word.replace('"', '""') + '"'
