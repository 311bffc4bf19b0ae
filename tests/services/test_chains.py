"""The logs are chained: whatever is done to their rows is found, and where."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import text

from domain.permissions import SYSTEM
from extensions import db
from services import audit
from services.chains import LOGS as LOG_TABLES
from services.chains import end_of, first_break

pytestmark = pytest.mark.both

LOGS = tuple(LOG_TABLES)
ROWS = 12


@pytest.fixture
def logs(app: object) -> None:
    """Both logs with some rows, and without the triggers that keep the application off them."""
    for number in range(ROWS):
        audit.record(SYSTEM, "case.edited", field=f"field {number}", old="å", new={"n": number})
        audit.record_access(SYSTEM, "case", detail=f"row {number}")
        db.session.commit()
    _drop_triggers()


def _drop_triggers() -> None:
    on_sqlite = db.engine.dialect.name == "sqlite"
    for table in LOGS:
        if on_sqlite:
            for deed in ("update", "delete"):
                db.session.execute(text(f"DROP TRIGGER {table}_no_{deed}"))
        else:
            db.session.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
    db.session.commit()


def _ids(table: str) -> list[int]:
    return list(db.session.scalars(text(f"SELECT id FROM {table} ORDER BY id")))


def _edit(table: str, chance: random.Random) -> int:
    row = chance.choice(_ids(table))
    db.session.execute(
        text(f"UPDATE {table} SET actor_name = 'Någon annan' WHERE id = :id"), {"id": row}
    )
    return row


def _back_date(table: str, chance: random.Random) -> int:
    row = chance.choice(_ids(table))
    db.session.execute(
        text(f"UPDATE {table} SET at = '2020-01-01 00:00:00' WHERE id = :id"), {"id": row}
    )
    return row


def _delete(table: str, chance: random.Random) -> int | None:
    ids = _ids(table)
    row = chance.choice(ids[:-1])
    db.session.execute(text(f"DELETE FROM {table} WHERE id = :id"), {"id": row})
    return ids[ids.index(row) + 1]


def _cut_off(table: str, chance: random.Random) -> None:
    ids = _ids(table)
    kept = chance.randrange(1, len(ids))
    db.session.execute(text(f"DELETE FROM {table} WHERE id > :id"), {"id": ids[kept - 1]})


def _swap(table: str, chance: random.Random) -> int:
    one, other = sorted(chance.sample(_ids(table), 2))
    for old, new in ((one, -1), (other, one), (-1, other)):
        db.session.execute(
            text(f"UPDATE {table} SET id = :new WHERE id = :old"), {"old": old, "new": new}
        )
    return one


def _insert(table: str, chance: random.Random) -> int:
    """A copy of a row at the end, chain and all."""
    ids = _ids(table)
    columns = [c.key for c in LOG_TABLES[table].__table__.columns if c.key != "id"]
    names = ", ".join(columns)
    db.session.execute(
        text(
            f"INSERT INTO {table} (id, {names}) SELECT :new, {names} FROM {table} WHERE id = :old"
        ),
        {"new": ids[-1] + 1, "old": chance.choice(ids[:-1])},
    )
    return ids[-1] + 1


DEEDS: tuple[Callable[[str, random.Random], int | None], ...] = (
    _edit, _back_date, _delete, _cut_off, _swap, _insert,
)  # fmt: skip


def test_logs_that_nobody_touched_are_whole(logs: None):
    assert [first_break(name) for name in LOGS] == [None, None]
    assert all(end_of(name)[0] >= ROWS for name in LOGS)


@pytest.mark.row("S24")
def test_a_thousand_random_manipulations_are_all_found_with_the_first_bad_row(logs: None):
    chance = random.Random(2026)
    for number in range(1_000):
        table, deed = chance.choice(LOGS), chance.choice(DEEDS)
        expected = deed(table, chance)
        db.session.flush()
        db.session.expire_all()

        found = first_break(table)

        assert found is not None, (number, deed.__name__)
        assert found.row_id == expected, (number, deed.__name__)
        db.session.rollback()
    assert [first_break(name) for name in LOGS] == [None, None]


def test_an_older_head_with_a_shorter_log_is_found(logs: None):
    """Who cuts off the end also turns the head back, but cannot make its seal."""
    ids = _ids("audit_entries")
    chain = db.session.scalar(
        text("SELECT chain FROM audit_entries WHERE id = :id"), {"id": ids[-2]}
    )
    db.session.execute(text("DELETE FROM audit_entries WHERE id = :id"), {"id": ids[-1]})
    db.session.execute(
        text("UPDATE log_heads SET count = count - 1, chain = :chain WHERE name = 'audit_entries'"),
        {"chain": chain},
    )
    found = first_break("audit_entries")
    assert found is not None
    assert found.row_id is None


def test_what_was_rolled_back_leaves_no_line(app: object):
    before = end_of("audit_entries")[0]
    audit.record(SYSTEM, "case.edited")
    db.session.rollback()
    db.session.commit()
    assert end_of("audit_entries")[0] == before


def test_the_command_names_the_first_bad_row(logs: None, app: Flask):
    runner = app.test_cli_runner()
    whole = runner.invoke(args=["audit", "verify"])
    assert whole.exit_code == 0
    assert f"Slutmärke: {end_of('access_entries')[1]}" in whole.output
    bad = _edit("audit_entries", random.Random(1))
    db.session.commit()

    result = runner.invoke(args=["audit", "verify"])

    assert result.exit_code == 1
    assert f"(id {bad})" in result.output
    assert "Åtkomstloggen" in result.output
