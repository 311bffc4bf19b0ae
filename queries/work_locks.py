"""Reading work locks for lists."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import select

from extensions import db
from models import User, WorkLock, utcnow
from queries.configuration import configuration


def holders_of(case_ids: Iterable[int]) -> dict[int, tuple[int, str]]:
    """(user id, name) of who holds the living lock of each of these cases."""
    limit = utcnow() - timedelta(minutes=configuration().lock_minutes)
    rows = select(WorkLock.case_id, User.id, User.name).join(User, User.id == WorkLock.user_id)
    rows = rows.where(WorkLock.case_id.in_(list(case_ids)), WorkLock.seen_at >= limit)
    return {case_id: (user_id, name) for case_id, user_id, name in db.session.execute(rows)}
