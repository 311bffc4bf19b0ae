"""Who can be chosen for what: handlers of a unit, assistants, people to inform."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from domain.layout import UnitNode
from domain.permissions import Role
from extensions import db
from models import RoleAssignment, Unit, User

RESPONSIBLE_ROLES = (Role.RESPONSIBLE, Role.OVERARCHING)
ASSISTANT_ROLES = (Role.ASSISTANT, Role.RESPONSIBLE, Role.OVERARCHING)


@dataclass(frozen=True)
class Person:
    """Somebody who can be chosen. `paths` are the parts of the organisation the role reaches."""

    id: int
    name: str
    paths: tuple[str, ...] = ()

    def covers(self, path: str) -> bool:
        """Whether one of the paths holds the unit at `path`."""
        return any(path.startswith(own) for own in self.paths)


def people_with(roles: tuple[Role, ...], case_type_id: int | None = None) -> list[Person]:
    """Active people who hold one of `roles` (for this case type), by name."""
    statement = (
        select(User.id, User.name, Unit.path)
        .join(RoleAssignment, RoleAssignment.user_id == User.id)
        .join(Unit, Unit.id == RoleAssignment.unit_id)
        .where(User.is_active, RoleAssignment.role.in_(roles))
        .order_by(User.sort_key, User.id)
    )
    if case_type_id is not None:
        mine = RoleAssignment.case_type_id
        statement = statement.where(mine.is_(None) | (mine == case_type_id))
    found: dict[int, Person] = {}
    for user_id, name, path in db.session.execute(statement):
        paths = found[user_id].paths if user_id in found else ()
        found[user_id] = Person(user_id, name, (*paths, path))
    return list(found.values())


def possible_responsibles(case_type_id: int) -> list[Person]:
    """Everybody who can be responsible for some case of this type; filter with covers()."""
    return people_with(RESPONSIBLE_ROLES, case_type_id)


def possible_assistants() -> list[Person]:
    """Everybody who can be appointed as assistant (biträdande utredare)."""
    return people_with(ASSISTANT_ROLES)


def possible_informed() -> list[Person]:
    """Everybody who can be sent a case for information: all active staff with a role."""
    return people_with(tuple(role for role in Role if role is not Role.ADMINISTRATOR))


def may_be_responsible(user_id: int, unit: UnitNode | None, case_type_id: int) -> bool:
    """Whether the person may be responsible for a case at `unit` (any unit when it has none)."""
    people = {p.id: p for p in possible_responsibles(case_type_id)}
    person = people.get(user_id)
    return person is not None and (unit is None or person.covers(unit.path))


def may_be_assistant(user_id: int) -> bool:
    return any(p.id == user_id for p in possible_assistants())


def may_be_informed(user_id: int) -> bool:
    return any(p.id == user_id for p in possible_informed())


def names_of(user_ids: set[int]) -> dict[int, str]:
    """Names by id, for the people on one page. One query, whatever the number."""
    if not user_ids:
        return {}
    rows = db.session.execute(select(User.id, User.name).where(User.id.in_(user_ids)))
    return {user_id: name for user_id, name in rows}
