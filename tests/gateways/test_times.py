"""Times come back as they went in, in UTC, on every database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from flask import Flask
from sqlalchemy.exc import StatementError

from extensions import db
from models import AuditEntry

SUMMER_EVENING = datetime(2026, 7, 1, 23, 30, tzinfo=timezone(timedelta(hours=2)))


def entry(at: datetime) -> AuditEntry:
    return AuditEntry(at=at, actor_name="A", action="case.viewed")


def test_a_local_time_comes_back_as_the_same_moment_in_utc(app: Flask):
    db.session.add(entry(SUMMER_EVENING))
    db.session.commit()
    stored = db.session.scalars(db.select(AuditEntry.at)).one()
    assert stored == SUMMER_EVENING
    assert stored.tzinfo is UTC
    assert stored.hour == 21


def test_a_time_without_a_zone_is_refused(app: Flask):
    db.session.add(entry(datetime(2026, 7, 1, 23, 30)))
    with pytest.raises(StatementError, match="without a zone"):
        db.session.flush()
