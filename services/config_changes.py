"""Changing the configuration: set, check by the rules of the table, record every value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from sqlalchemy.exc import IntegrityError

from domain.errors import RuleBroken
from domain.permissions import Actor
from domain.text import _
from extensions import db
from models import Base
from services.audit import record
from services.config_rules import check, check_removal
from services.template_versions import keep_version

Row = TypeVar("Row", bound=Base)


def add_row(row: Row, values: Mapping[str, Any], *, actor: Actor) -> Row:
    """Make a new row of configuration with `values`. Raises RuleBroken, naming the field."""
    with db.session.no_autoflush:
        apply(row, values)
        check(row)
    db.session.add(row)
    flush_or_refuse()
    record_new(row, values, actor)
    keep_version(row, actor)
    return row


def change_row(row: Base, values: Mapping[str, Any], *, actor: Actor) -> None:
    """Set those of `values` that differ and record each. Raises RuleBroken, naming the field."""
    with db.session.no_autoflush:
        old = apply(row, values)
        check(row)
        keep_version(row, actor)
    flush_or_refuse()
    record_changes(row, old, actor)


def remove_row(row: Base, *, actor: Actor) -> None:
    """Delete a row of configuration that nothing uses. Raises RuleBroken when something does."""
    check_removal(row)
    db.session.delete(row)
    record(actor, "config.removed", subject=subject_of(row), old=str(row))
    flush_or_refuse(_("Raden används och kan inte tas bort. Gör den inaktiv i stället."))


def apply(row: Base, values: Mapping[str, Any]) -> dict[str, Any]:
    """Set what differs; returns the old values of what was set."""
    old = {name: getattr(row, name) for name in values if getattr(row, name) != values[name]}
    for name in old:
        setattr(row, name, values[name])
    return old


def record_new(row: Base, values: Mapping[str, Any], actor: Actor) -> None:
    """Record that `row` was made, with what it began with."""
    record(actor, "config.created", subject=subject_of(row), new=plain(values))


def record_changes(row: Base, old: Mapping[str, Any], actor: Actor) -> None:
    """Record one line for each value of `row` that was `old` and is another now."""
    subject = subject_of(row)
    for name, before in old.items():
        now = plain(getattr(row, name))
        record(actor, "config.changed", subject=subject, field=name, old=plain(before), new=now)


def subject_of(row: Any) -> str:
    """How the change log names a row: "choices 31"."""
    return f"{row.__tablename__} {row.id}"


def flush_or_refuse(sentence: str = _("Det finns redan en sådan rad.")) -> None:
    """Flush; what the database's own constraints refuse becomes a RuleBroken with `sentence`."""
    try:
        db.session.flush()
    except IntegrityError as error:
        raise RuleBroken(sentence) from error


def plain(value: Any) -> Any:
    """`value` as JSON: days as text, mappings and lists gone through."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value.isoformat() if hasattr(value, "isoformat") else value
