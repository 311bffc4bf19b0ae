"""Rows of configuration by their key: found and brought up to date, or made."""

from __future__ import annotations

from typing import Any, TypeVar

from sqlalchemy import select

from extensions import db
from models import Base

Model = TypeVar("Model", bound=Base)


def upsert(model: type[Model], where: dict[str, Any], values: dict[str, Any]) -> Model:
    """The one row with the values `where`, with `values` set; flushed, so that it has its id."""
    row = db.session.scalar(select(model).filter_by(**where))
    if row is None:
        row = model(**where)
        db.session.add(row)
    assign(row, values)
    db.session.flush()
    return row


def assign(row: Base, values: dict[str, Any]) -> None:
    """Set those of `values` that differ, so that unchanged rows stay unwritten."""
    for name, value in values.items():
        if getattr(row, name) != value:
            setattr(row, name, value)


def pick(row: dict[str, Any], *names: str) -> dict[str, Any]:
    """Some values of a row of a preset, by the names that the table's columns have too."""
    return {name: row[name] for name in names}
