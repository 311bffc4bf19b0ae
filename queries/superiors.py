"""Who stands above a case: the level that is told when an answer is late."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import or_, select

from domain.layout import UnitNode
from domain.permissions import Role
from extensions import db
from models import Case, RoleAssignment, User
from queries.configuration import configuration


def superiors_of(case: Case) -> list[User]:
    """The responsible of the nearest level above the case's unit: the default responsible of that
    unit, else those who hold the overarching role on it. Never the case's own responsible.

    A case on a node that the overarching hold themselves stays with them.
    """
    for unit in _levels(case):
        found = [p for p in _responsibles(unit, case) if p.id != case.responsible_id]
        if found:
            return found
    return []


def _levels(case: Case) -> Iterator[UnitNode]:
    """The units above the case's, nearest first; last the unit itself."""
    units = configuration().units_by_id
    own = units.get(case.unit_id or 0)
    node = units.get(own.parent_id or 0) if own else None
    while node is not None:
        yield node
        node = units.get(node.parent_id or 0)
    if own is not None:
        yield own


def _responsibles(unit: UnitNode, case: Case) -> list[User]:
    if unit.default_responsible_id is not None:
        person = db.session.get(User, unit.default_responsible_id)
        if person is not None and person.is_active:
            return [person]
    assignment = RoleAssignment
    held = select(assignment.user_id).where(
        assignment.role == Role.OVERARCHING,
        assignment.unit_id == unit.id,
        or_(assignment.case_type_id.is_(None), assignment.case_type_id == case.case_type_id),
    )
    people = select(User).where(User.id.in_(held), User.is_active)
    return list(db.session.scalars(people.order_by(User.sort_key, User.id)))
