"""SQLite's transactions: durable, and with the write lock from the beginning (decision 0002)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.exc import OperationalError

from gateways.database import ReadingOnSafeMethods, engine_options, reading, writing

COUNT = text("SELECT number FROM counter")
INCREASE = text("UPDATE counter SET number = number + 1")


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    url = f"sqlite:///{tmp_path / 'counter.db'}"
    engine = create_engine(url, **engine_options(url))
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE counter (number INTEGER)"))
        connection.execute(text("INSERT INTO counter VALUES (0)"))
    yield engine
    engine.dispose()


def impatient(engine: Engine) -> Connection:
    """A connection that does not wait for a lock."""
    connection = engine.connect()
    with reading(), connection.begin():
        connection.execute(text("PRAGMA busy_timeout = 0"))
    return connection


def test_what_is_committed_is_on_the_disk(engine: Engine):
    with engine.connect() as connection:
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
        assert connection.scalar(text("PRAGMA synchronous")) == 2  # FULL
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1


def test_a_writer_keeps_other_writers_out_from_its_beginning(engine: Engine):
    with writing(), engine.begin() as first, impatient(engine) as second:
        first.execute(COUNT)
        with pytest.raises(OperationalError, match="locked"):
            second.execute(COUNT)


def test_a_writer_keeps_no_reader_out(engine: Engine):
    with writing(), engine.begin() as writer:
        writer.execute(INCREASE)
        with reading(), impatient(engine) as reader:
            assert reader.scalar(COUNT) == 0


def test_who_reads_first_and_writes_later_is_refused_when_another_wrote_in_between(engine: Engine):
    """Why writing transactions do not begin as reading ones."""
    with reading(), engine.connect() as late:
        late.execute(COUNT)
        with writing(), engine.begin() as other:
            other.execute(INCREASE)
        with pytest.raises(OperationalError, match="locked"):
            late.execute(INCREASE)


def test_outside_the_web_transactions_write(engine: Engine):
    with engine.begin() as first, impatient(engine) as second:
        first.execute(COUNT)
        with pytest.raises(OperationalError, match="locked"):
            second.execute(COUNT)


@pytest.mark.parametrize(
    "method, is_locked", [("GET", False), ("HEAD", False), ("POST", True), ("DELETE", True)]
)
def test_only_unsafe_requests_take_the_lock(engine: Engine, method: str, is_locked: bool):
    def wsgi_app(_environ: object, _start: object) -> list[bytes]:
        with engine.begin() as connection:
            connection.execute(COUNT)
            try:
                with writing(), impatient(engine) as other:
                    other.execute(INCREASE)
                return [b"free"]
            except OperationalError:
                return [b"locked"]

    answer = ReadingOnSafeMethods(wsgi_app)({"REQUEST_METHOD": method}, None)
    assert answer == ([b"locked"] if is_locked else [b"free"])
