"""A random walk through a town: each step one deed by somebody, allowed or not.

The walk chooses; the deeds themselves stand in tests/support/random_deeds.py.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any, TypeVar

from sqlalchemy import func, select

from domain.clock import local_today
from domain.fields import Kind
from domain.layout import CaseTypeLayout, FieldLayout
from domain.permissions import Actor, Permission, can
from extensions import db
from models import Base, Case, User
from queries.configuration import configuration
from services.actors import actor_of
from tests.support.cases import actor

Item = TypeVar("Item")
Model = TypeVar("Model", bound=Base)
CHIEFS = ("chef.hjo", "chef.omsorg", "strateg.omsorg", "registrator.hjo")
WORDS = ("gungan", "vägen", "trappan", "maten", "bussen", "ljuset", "biblioteket", "åkern")


class NothingToDo(Exception):
    """The town has nothing of the kind that the deed needs, or enough of it."""


class Walk:
    """`pick` and `some` choose; the same seed makes the same walk."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.number = 0
        """Of the step, for what must be unique."""

    def pick(self, items: Sequence[Item]) -> Item:
        if not items:
            raise NothingToDo
        return self.chance.choice(items)

    def some(self, items: Sequence[Item], most: int = 3) -> list[Item]:
        return self.chance.sample(items, self.chance.randint(0, min(most, len(items))))

    def likely(self, share: float) -> bool:
        return self.chance.random() < share

    def words(self) -> str:
        return " ".join(self.chance.choices(WORDS, k=self.chance.randint(1, 5)))

    def row(self, model: type[Model], **wanted: Any) -> Model:
        """Some row with these values."""
        key = model.__table__.primary_key.columns[0]  # type: ignore[attr-defined]
        ids = list(db.session.scalars(select(key).filter_by(**wanted).order_by(key)))
        return db.session.get_one(model, self.pick(ids))

    def keep_below(self, most: int, model: type[Base], **wanted: Any) -> None:
        """The town stays small: raises NothingToDo when there is enough."""
        if (
            db.session.scalar(select(func.count()).select_from(model).filter_by(**wanted)) or 0
        ) >= most:
            raise NothingToDo

    def case(self, *, is_open: bool | None = None) -> Case:
        statement = select(Case.id).order_by(Case.id)
        if is_open is not None:
            statement = statement.where(Case.closed_at.is_(None) == is_open)
        return db.session.get_one(Case, self.pick(list(db.session.scalars(statement))))

    def layout(self, case: Case) -> CaseTypeLayout:
        found = configuration().case_type(case.case_type_id)
        assert found is not None
        return found

    def somebody(self) -> Actor:
        return actor_of(self.row(User))

    def chief(self) -> Actor:
        return actor("admin")

    def who_for(self, case: Case) -> Actor:
        """Mostly somebody who has to do with the case, so that much is done and some refused."""
        if self.likely(0.2):
            return self.somebody()
        near = [case.responsible_id] * 3 + sorted(case.assistant_ids)
        known = [actor_of(db.session.get_one(User, i)) for i in near if i]
        able = [who for who in known if who.is_active and can(who, Permission.CASE_VIEW, case)]
        return self.pick(able) if able else self.pick([actor(name) for name in CHIEFS])

    def value(self, field: FieldLayout) -> Any:
        """Something that the form could send for this field."""
        return _VALUES[field.kind](self, field)


def _choice(walk: Walk, field: FieldLayout) -> int | None:
    is_needed = field.key == "status"  # no form has a blank one
    ids = [choice.id for choice in field.choices]
    return walk.pick(ids) if is_needed or walk.likely(0.9) else None


def _choices(walk: Walk, field: FieldLayout) -> list[int]:
    return walk.some([choice.id for choice in field.choices], 4 if field.is_many else 1)


def _unit(walk: Walk, _field: FieldLayout) -> int:
    return walk.pick([unit.id for unit in configuration().units])


def _person(walk: Walk, _field: FieldLayout) -> int | None:
    return walk.row(User).id if walk.likely(0.9) else None


def _people(walk: Walk, _field: FieldLayout) -> list[int]:
    return walk.some(list(db.session.scalars(select(User.id).order_by(User.id))))


def _text(walk: Walk, _field: FieldLayout) -> str:
    return walk.words() if walk.likely(0.9) else ""


_VALUES: dict[Kind, Callable[[Walk, FieldLayout], Any]] = {
    Kind.LINE: _text,
    Kind.AREA: _text,
    Kind.RICH: lambda walk, field: f"<div>{walk.words()}</div>",
    Kind.EMAIL: lambda walk, field: f"{walk.chance.randint(1, 99)}@example.org",
    Kind.DATE: lambda walk, field: local_today() - timedelta(days=walk.chance.randint(0, 30)),
    Kind.CHECK: lambda walk, field: walk.likely(0.5),
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.UNIT: _unit,
    Kind.PERSON: _person,
    Kind.PEOPLE: _people,
}
