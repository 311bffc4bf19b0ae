"""From what people call things to the ids that the services take."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from domain.fields import CORE_FIELDS, Kind
from domain.layout import CaseTypeLayout
from extensions import db
from models import User
from queries.configuration import configuration


def ids_of(values: Mapping[str, Any], layout: CaseTypeLayout) -> dict[str, Any]:
    """`values` with choices (by label), units (by key) and people (by user name) as ids."""
    return {key: _id_of(key, value, layout) for key, value in values.items()}


def _id_of(key: str, value: Any, layout: CaseTypeLayout) -> Any:
    kind = CORE_FIELDS[key].kind
    if kind is Kind.CHOICE:
        return _choice(key, value, layout)
    if kind is Kind.CHOICES:
        return [_choice(key, label, layout) for label in value]
    if kind is Kind.UNIT:
        return next(unit.id for unit in configuration().units if unit.key == value)
    if kind is Kind.PERSON:
        return _user(value)
    if kind is Kind.PEOPLE:
        return [_user(username) for username in value]
    return value


def _choice(key: str, label: str, layout: CaseTypeLayout) -> int:
    return next(c.id for c in layout.lists[key] if c.label == label)


def _user(username: str) -> int:
    return db.session.scalars(select(User.id).filter_by(username=username)).one()
