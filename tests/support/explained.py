"""Which changed cells of the database does no line of the change log explain?

A snapshot before and after one deed, and the lines that the deed wrote. What follows from another
cell by itself stands in FOLLOWS, with what it follows from.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from domain.fields import CORE_FIELDS
from extensions import db
from models import (
    Attachment,
    AuditEntry,
    Base,
    Case,
    CaseChoice,
    CaseParticipant,
    Event,
    RoleAssignment,
    SecrecyMark,
    StandIn,
    Submitter,
    Unit,
    User,
)

Row = dict[str, Any]
Rows = dict[str, dict[tuple[Any, ...], Row]]
"""Table → key → row."""

TABLES: tuple[type[Base], ...] = (
    Case, CaseChoice, CaseParticipant, Submitter, Event, Attachment, SecrecyMark, Unit, User,
    RoleAssignment, StandIn,
)  # fmt: skip
ADDED, REMOVED = "(added)", "(removed)"
NATURAL = {
    "role_assignments": ("user_id", "role", "unit_id", "case_type_id", "sees_secret"),
    "case_participants": ("case_id", "user_id", "capacity"),
}
"""Rows that come and go: SQLite gives the number of one that went to one that comes."""

FIELD_OF = {core.attribute: key for key, core in CORE_FIELDS.items() if key != "wish"}
"""Column → the field that the change log names."""

FOLLOWS: dict[tuple[str, str], tuple[str, ...]] = {
    # what the whole row is about: one line says it
    ("cases", "closed_at"): ("case.closed", "case.reopened", "case.transferred"),
    ("cases", "closed_by_id"): ("case.closed", "case.reopened", "case.transferred"),
    ("cases", "closed_on"): ("case.closed", "case.reopened", "case.transferred"),
    ("cases", "transferred_to"): ("case.transferred", "case.reopened"),
    ("cases", "ready_at"): ("case.marked-ready", "case.unmarked-ready"),
    ("cases", "is_secret"): ("secrecy.set case", "secrecy.cleared case"),
    ("submitters", "is_protected"): ("secrecy.set submitter", "secrecy.cleared submitter"),
    ("case_participants", "ready_at"): ("case.marked-ready", "case.unmarked-ready"),
    # no field of the form, yet recorded like one
    ("cases", "acknowledged_on"): ("case.edited acknowledged_on",),
    ("cases", "refused_for"): ("case.edited refused_for",),
    # computed from another cell of the row, which is recorded
    ("cases", "title_key"): ("case.edited title",),
    ("cases", "answer_words"): ("case.edited answer",),
    ("cases", "acknowledge_by"): ("case.edited received_on",),
    ("cases", "answer_by"): ("case.edited received_on",),
    # marks for the list: they go when somebody answers, closes or has read, and come with a reply
    ("cases", "has_new_reply"): (
        "case.reply-read",
        "case.closed",
        "case.transferred",
        "event.added",
    ),
    ("cases", "has_failed_mail"): ("event.voided",),
    ("cases", "event_count"): ("event.added",),  # the highest number of an event
}


@dataclass(frozen=True)
class Change:
    """One cell that is another now; or a whole row, with ADDED or REMOVED for its column."""

    table: str
    column: str
    row: Row
    old: Any = None
    new: Any = None

    def __str__(self) -> str:
        return f"{self.table} {self.row} {self.column}: {self.old!r} -> {self.new!r}"


def snapshot() -> Rows:
    """All rows of TABLES as they are committed."""
    found: Rows = {}
    with db.engine.connect() as connection:
        for model in TABLES:
            table: Any = model.__table__
            keys = NATURAL.get(table.name) or [column.name for column in table.primary_key]
            rows = [dict(row) for row in connection.execute(table.select()).mappings()]
            found[table.name] = {tuple(row[k] for k in keys): row for row in rows}
            for row in rows if table.name in NATURAL else ():
                del row["id"]
    return found


def changes(before: Rows, after: Rows) -> Iterator[Change]:
    """Every cell that differs."""
    for table, rows in after.items():
        old_rows = before[table]
        for key in rows.keys() - old_rows.keys():
            yield Change(table, ADDED, rows[key])
        for key in old_rows.keys() - rows.keys():
            yield Change(table, REMOVED, old_rows[key])
        for key in rows.keys() & old_rows.keys():
            old, new = old_rows[key], rows[key]
            if old != new:
                yield from (Change(table, c, new, old[c], new[c]) for c in new if new[c] != old[c])


def unexplained(before: Rows, after: Rows, lines: Sequence[AuditEntry]) -> list[str]:
    """The changes that no line explains, as sentences."""
    return [str(c) for c in changes(before, after) if not _is_explained(c, lines)]


def _is_explained(change: Change, lines: Sequence[AuditEntry]) -> bool:
    if change.table in ("units", "users", "stand_ins", "role_assignments"):
        return _of_configuration(change, lines)
    case_id = change.row["id" if change.table == "cases" else "case_id"]
    own = [line for line in lines if line.case_id == case_id]
    said = {line.action for line in own} | {f"{line.action} {line.field}" for line in own}
    if change.table == "cases" and change.column == "version":
        return bool(own)  # grows with every change of the row, and says nothing by itself
    if follows := FOLLOWS.get((change.table, change.column)):
        return bool(said & set(follows))
    if change.column == ADDED and "case.opened" in said and change.table != "attachments":
        return True
    return _OF_CASE[change.table](change, own, said)


def _of_field(change: Change, own: list[AuditEntry], said: set[str]) -> bool:
    """A field of the form: its name, and for text also what stood there and what stands there."""
    prefix = "submitter." if change.table == "submitters" else ""
    if change.column == "values":
        differing = {k for k in change.new | change.old if change.new.get(k) != change.old.get(k)}
        return all(f"case.edited {key}" in said for key in differing)
    field = FIELD_OF.get(prefix + change.column, "")
    texts = [(line.old or "", line.new or "") for line in own if line.field == field]
    if isinstance(change.old, str) and isinstance(change.new, str):
        return (change.old, change.new) in texts
    return bool(texts)


def _of_choice(change: Change, own: list[AuditEntry], said: set[str]) -> bool:
    return f"case.edited {change.row['field_key']}" in said


def _of_participant(change: Change, own: list[AuditEntry], said: set[str]) -> bool:
    field = {"assistant": "assistants", "informed": "informed"}[change.row["capacity"]]
    return change.column in (ADDED, REMOVED) and f"case.edited {field}" in said


def _of_event(change: Change, own: list[AuditEntry], said: set[str]) -> bool:
    mine = [line for line in own if line.subject == f"event {change.row['number']}"]
    deeds = {line.action for line in mine}
    if change.column == ADDED:
        return "event.added" in deeds
    if change.column == "effects":  # goes over to another event of the case when one is taken back
        return bool({"event.removed", "event.voided"} & said)
    for deed, columns in _EVENT_DEEDS.items():
        if change.column in columns and deed in deeds:
            return True
    return any(line.action == "event.edited" and change.column in line.new for line in mine)


_EVENT_DEEDS = {
    "event.posted": ("state", "posted_at"),
    "event.voided": ("state", "voided_at", "voided_by_id", "void_reason"),
    "event.removed": ("removed_at", "removed_by_id", "removal_reason"),
}


def _of_attachment(change: Change, own: list[AuditEntry], said: set[str]) -> bool:
    name = change.row["filename"]
    if change.column == ADDED:
        return any(line.action == "attachment.added" and line.new == name for line in own)
    gone = [line.old for line in own if line.action == "attachment.removed"]
    return change.column == "removed_at" and name in gone


def _of_mark(change: Change, own: list[AuditEntry], said: set[str]) -> bool:
    deed = "secrecy.set" if change.column == ADDED else "secrecy.cleared"
    return change.column != REMOVED and f"{deed} {change.row['kind']}" in said


_OF_CASE = {
    "cases": _of_field,
    "submitters": _of_field,
    "case_choices": _of_choice,
    "case_participants": _of_participant,
    "events": _of_event,
    "attachments": _of_attachment,
    "secrecy_marks": _of_mark,
}


def _of_configuration(change: Change, lines: Sequence[AuditEntry]) -> bool:
    if change.table == "role_assignments":
        return _of_role(change, lines)
    own = [line for line in lines if line.subject == f"{change.table} {change.row['id']}"]
    said = {line.action for line in own} | {f"{line.action} {line.field}" for line in own}
    if change.column in (ADDED, REMOVED):
        return {ADDED: "config.created", REMOVED: "config.removed"}[change.column] in said
    if change.column == "sort_key":  # made of the name
        return "config.changed name" in said
    if change.column == "path":  # of all that lies below a unit that moves
        return any((line.action, line.field) == ("config.changed", "parent_id") for line in lines)
    if change.column == "password_hash":
        return "user.password-set" in said
    return f"config.changed {change.column}" in said


def _of_role(change: Change, lines: Sequence[AuditEntry]) -> bool:
    names = ("role", "unit_id", "case_type_id", "sees_secret")
    grant = {name: change.row[name] for name in names}
    subject = f"users {change.row['user_id']}"
    own = [line for line in lines if line.subject == subject]
    if change.column == ADDED:
        return any(line.action == "role.granted" and line.new == grant for line in own)
    gone = [line.old for line in own if line.action == "role.withdrawn"]
    return change.column == REMOVED and grant in gone
