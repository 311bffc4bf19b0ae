"""The published cases, as the public reads them. Nothing but their own table is asked (T19, T39).

tests/house/test_published.py holds this module to that, by its imports and by its SQL.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, select, true

from domain.search_words import stem, wanted_words
from extensions import db
from models import PublishedCase

PER_PAGE = 20
MOST_PAGES = 500
NEWEST = (PublishedCase.published_on.desc(), PublishedCase.id.desc())


@dataclass(frozen=True)
class Search:
    """What the list is narrowed to; empty values ask for nothing. `month` is "2026-11"."""

    text: str = ""
    area: str = ""
    month: str = ""
    page: int = 0


@dataclass(frozen=True)
class Found:
    """One page of the list: `count` cases in all, on `pages` pages."""

    cases: tuple[PublishedCase, ...]
    count: int
    pages: int
    page: int


def published(asked: Search, per_page: int = PER_PAGE) -> Found:
    """The page of the list; a page after the last one is the last."""
    where = _where(asked)
    count = db.session.scalar(select(func.count()).select_from(PublishedCase).where(where)) or 0
    pages = min(max(-(-count // per_page), 1), MOST_PAGES)
    page = min(max(asked.page, 0), pages - 1)
    query = select(PublishedCase).where(where).order_by(*NEWEST)
    rows = db.session.scalars(query.offset(page * per_page).limit(per_page))
    return Found(tuple(rows), count, pages, page)


def _where(asked: Search) -> ColumnElement[bool]:
    parts: list[ColumnElement[bool]] = [true()]
    if asked.area:
        parts.append(PublishedCase.area == asked.area)
    if asked.month:
        parts.append(PublishedCase.received_month == asked.month)
    for word in wanted_words(asked.text).words:
        parts.append(PublishedCase.words.contains(stem(word), autoescape=True))
    return and_(*parts)


def find_published(slug: str) -> PublishedCase | None:
    """The published case with this address, as long as it is published."""
    if not slug or len(slug) > 40 or "\0" in slug:
        return None
    return db.session.scalar(select(PublishedCase).where(PublishedCase.slug == slug))


def areas() -> list[str]:
    """The areas that published cases are about, by name."""
    query = select(PublishedCase.area).where(PublishedCase.area != "").distinct()
    return sorted(db.session.scalars(query), key=str.casefold)


def months() -> list[str]:
    """The months in which published cases came in, the newest first."""
    query = select(PublishedCase.received_month).where(PublishedCase.received_month != "")
    return sorted(db.session.scalars(query.distinct()), reverse=True)


def anything_published() -> bool:
    """Whether there is a list to lead to."""
    return db.session.scalar(select(PublishedCase.id).limit(1)) is not None


def state() -> str:
    """A word that is another one after every change of what is published."""
    columns = (func.count(), func.max(PublishedCase.id), func.max(PublishedCase.changed_at))
    row = db.session.execute(select(*columns).select_from(PublishedCase)).one()
    return hashlib.sha256(repr(tuple(row)).encode()).hexdigest()[:16]
