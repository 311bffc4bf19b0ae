"""The access log of the whole installation: who read what, when. It says nothing of contents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import ColumnElement, or_, select

from domain.clock import STOCKHOLM
from domain.sorting import sort_key
from extensions import db
from models import AccessEntry, User
from queries.history import PAGE_SIZE, LogPage, page_of


@dataclass(frozen=True)
class AccessFilter:
    """What the administrator looks for. Days are whole local days, both included."""

    person: str = ""
    case_id: int | None = None
    since: date | None = None
    until: date | None = None


def access_page(wanted: AccessFilter, before: int | None = None) -> LogPage[AccessEntry]:
    """The newest lines that pass the filter. The log grows for ever, so nothing is counted."""
    query = select(AccessEntry).where(*_conditions(wanted))
    if before is not None:
        query = query.where(AccessEntry.id < before)
    found = db.session.scalars(query.order_by(AccessEntry.id.desc()).limit(PAGE_SIZE + 1))
    return page_of(list(found))


def _conditions(wanted: AccessFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.person:
        found.append(AccessEntry.actor_id.in_(_people_like(wanted.person)))
    if wanted.case_id is not None:
        found.append(AccessEntry.case_id == wanted.case_id)
    if wanted.since is not None:
        found.append(AccessEntry.at >= _midnight(wanted.since))
    if wanted.until is not None:
        found.append(AccessEntry.at < _midnight(wanted.until + timedelta(days=1)))
    return found


def _people_like(words: str) -> list[int]:
    """Ids of the people whose name, user name or address holds `words`."""
    by_name = User.sort_key.contains(sort_key(words), autoescape=True)  # knows å, ä and ö
    columns = (User.username, User.email)
    by_account = (column.icontains(words, autoescape=True) for column in columns)
    query = select(User.id).where(or_(by_name, *by_account))
    return list(db.session.scalars(query))


def _midnight(day: date) -> datetime:
    """The moment at which `day` begins in Sweden."""
    return datetime.combine(day, time(), STOCKHOLM).astimezone(UTC)
