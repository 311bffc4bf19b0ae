"""The cases before and after one, in the order of a list. Two queries that seek, not a whole list.

The order is that of queries/case_list.py; tests/services/test_neighbours.py holds the two together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, or_, select, true

from domain.permissions import Actor
from extensions import db
from models import Case
from queries.case_list import _JOINS, SORTS, ListQuery, _where


@dataclass(frozen=True)
class Neighbours:
    """Numbers of the cases on either side; None at an end of the list."""

    previous: int | None = None
    next: int | None = None


@dataclass(frozen=True)
class _Key:
    """One column of the order. Empty values stand last in both directions, as in the list."""

    column: Any
    descending: bool
    is_nullable: bool = False

    def same(self, value: Any) -> ColumnElement[bool]:
        found: ColumnElement[bool] = (
            self.column.is_(None) if value is None else self.column == value
        )
        return found

    def beyond(self, value: Any, *, backwards: bool) -> ColumnElement[bool]:
        """Rows that stand after `value` in this column, or before it."""
        if value is None:
            return self.column.is_not(None) if backwards else false()
        further: ColumnElement[bool] = (
            self.column < value if self.descending != backwards else self.column > value
        )
        return (
            or_(further, self.column.is_(None)) if self.is_nullable and not backwards else further
        )

    def order(self, *, backwards: bool) -> Any:
        sorted_by = self.column.desc() if self.descending != backwards else self.column.asc()
        if not self.is_nullable:
            return sorted_by
        return sorted_by.nulls_first() if backwards else sorted_by.nulls_last()


def neighbours(query: ListQuery, case_id: int, actor: Actor) -> Neighbours:
    """What stands before and after the case in the list of `query`, for this person.

    A case that is no longer in the list (it was closed a moment ago) keeps its place in it.
    """
    keys = _keys(query)
    values = db.session.execute(
        _joined(select(*[key.column for key in keys]), query).where(Case.id == case_id)
    ).first()
    if values is None:
        return Neighbours()
    where = _where(query, actor)
    return Neighbours(
        *(_nearest(query, keys, list(values), where, backwards=b) for b in (True, False))
    )


def _nearest(
    query: ListQuery,
    keys: list[_Key],
    values: list[Any],
    where: list[ColumnElement[bool]],
    *,
    backwards: bool,
) -> int | None:
    steps = []
    for at, key in enumerate(keys):
        same = [k.same(v) for k, v in zip(keys[:at], values[:at], strict=True)]
        steps.append(and_(*same, key.beyond(values[at], backwards=backwards)))
    first = keys[0]
    # Says the same as the steps and lets the database seek in its index instead of reading all.
    bound: ColumnElement[bool] = true()
    if not first.is_nullable:
        bound = (
            first.column <= values[0]
            if first.descending != backwards
            else first.column >= values[0]
        )
    statement = _joined(select(Case.id), query).where(*where, bound, or_(*steps))
    order = [key.order(backwards=backwards) for key in keys]
    found: int | None = db.session.scalar(statement.order_by(*order).limit(1))
    return found


def _keys(query: ListQuery) -> list[_Key]:
    down = query.descending
    if query.sort in ("id", "registered"):
        return [_Key(Case.id, down)]
    if query.sort in ("received_on", "title"):
        return [_Key(SORTS[query.sort], down), _Key(Case.id, down)]
    return [
        _Key(SORTS[query.sort], down, is_nullable=True),
        _Key(Case.received_on, True),
        _Key(Case.id, True),
    ]


def _joined(statement: Select[Any], query: ListQuery) -> Select[Any]:
    if query.sort not in _JOINS:
        return statement
    target, on = _JOINS[query.sort]
    return statement.select_from(Case).outerjoin(target, on)
