"""Full-text search: the cases whose words somebody may read, as a SQL condition.

What a search may look at are exactly the rights to read it: title, text and answer come with
case:search, name and e-mail of the submitter with the right to see the submitter of that very
case. Read-only users search by number: a selection of people by what is written about them is not
for everybody (lag 2018:218, 3 kap. 3 § 2 st.). So neither a row nor a number tells what a person
may not see. Index: migration 0003.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, literal, select, union

from domain.permissions import Actor, Permission
from domain.row_ids import row_id
from domain.search_words import wanted_words
from extensions import db
from models import Case
from queries import case_search_postgresql, case_search_sqlite
from queries.cases import visible_cases


def found_by(text: str, actor: Actor) -> ColumnElement[bool] | None:
    """Cases in which every word of `text` is found, or None when there is no word in it.

    The caller adds visible_cases(actor): this condition alone says nothing about it.
    """
    words = wanted_words(text).words
    return and_(*[_has(word, actor) for word in words]) if words else None


def _has(word: str, actor: Actor) -> ColumnElement[bool]:
    engine = (
        case_search_postgresql if db.engine.dialect.name == "postgresql" else case_search_sqlite
    )
    searched = visible_cases(actor, Permission.CASE_SEARCH)
    seen = and_(searched, visible_cases(actor, Permission.CASE_VIEW_SUBMITTER))
    parts: list[Select[Any]] = []
    for table, allowed in (("cases", searched), ("submitters", seen)):
        for hits in engine.hits(table, word):
            parts.append(select(Case.id).where(Case.id.in_(hits), allowed))
    number = row_id(word)
    if number is not None:
        parts.append(select(literal(number)))
    return Case.id.in_(union(*parts))
