"""Writing the logs in one order, chained, at the end of every transaction; and checking them.

Entries wait in the session until it commits: only then is the log's head locked, for as long as an
insert takes. Locking it at the first entry would let two transactions wait for each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from domain.chains import START, chain_key, next_link, seal_head
from extensions import current_settings, db
from models import AccessEntry, AuditEntry, LogHead

Entry = AuditEntry | AccessEntry
LOGS: dict[str, type[Entry]] = {
    "audit_entries": AuditEntry,
    "access_entries": AccessEntry,
}
_WAITING = "log_entries"
BATCH = 1_000
MARK = 16
"""Signs of a chain that are enough to know it by."""


@dataclass(frozen=True)
class Break:
    """The first place where a log is not what was written. `row_id` is None for its end."""

    log: str
    row_id: int | None
    position: int


def append(entry: Entry) -> None:
    """Add one entry to its log when the present transaction commits."""
    db.session.info.setdefault(_WAITING, []).append(entry)


def first_break(name: str) -> Break | None:
    """Read a whole log and return its first broken place, or None."""
    key, before, count = _key(), START, 0
    for row in _rows(LOGS[name]):
        count += 1
        before = next_link(key, before, _values(row))
        if row.chain != before:
            return Break(name, row.id, count)
    head = db.session.get(LogHead, name, populate_existing=True)
    if head is None:
        return None if count == 0 else Break(name, None, count)
    sealed = seal_head(key, name, count, before)
    return None if head.seal == sealed and head.count == count else Break(name, None, count + 1)


def end_of(name: str) -> tuple[int, str]:
    """How many rows a log has, and the mark of its last row, as its head says."""
    head = db.session.get(LogHead, name)
    return (head.count, head.chain[:MARK]) if head else (0, "")


@event.listens_for(Session, "before_commit")
def _write(session: Session) -> None:
    waiting: list[Entry] = session.info.pop(_WAITING, [])
    if not waiting:
        return
    session.flush()
    for name, table in LOGS.items():
        entries = [entry for entry in waiting if isinstance(entry, table)]
        if entries:
            _chain(session, name, entries)
    session.flush()


@event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    session.info.pop(_WAITING, None)


def _chain(session: Session, name: str, entries: list[Entry]) -> None:
    key = _key()
    head = _locked_head(session, name)
    for entry in entries:
        head.chain = entry.chain = next_link(key, head.chain, _values(entry))
        head.count += 1
        session.add(entry)
        session.flush()  # one by one: the ids follow the chain
    head.seal = seal_head(key, name, head.count, head.chain)


def _locked_head(session: Session, name: str) -> LogHead:
    query = select(LogHead).where(LogHead.name == name).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one()


def _values(entry: Entry) -> list[Any]:
    """What the chain protects: everything but the row's own number and the chain itself."""
    columns = entry.__table__.columns.keys()
    return [_plain(getattr(entry, name)) for name in columns if name not in ("id", "chain")]


def _plain(value: Any) -> Any:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value


def _rows(table: type[Any]) -> Iterator[Any]:
    """All rows in the order they were written, some at a time."""
    last = 0
    while True:
        query = select(table).where(table.id > last).order_by(table.id).limit(BATCH)
        rows = db.session.scalars(query.execution_options(populate_existing=True)).all()
        yield from rows
        if len(rows) < BATCH:
            return
        last = rows[-1].id
        db.session.expunge_all()


def _key() -> bytes:
    return chain_key(current_settings().secret_key)
