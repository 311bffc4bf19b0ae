"""Actors: a person's row as the rules see it, and which case types the person can reach."""

from __future__ import annotations

from domain.clock import local_today
from domain.layout import CaseTypeLayout
from domain.permissions import RIGHTS, Actor, Assignment, Permission, Reach, Role
from models import User
from queries.configuration import Configuration
from queries.stand_ins import absent_people


def actor_of(user: User) -> Actor:
    """The actor for `user`, with the assignments as they are now.

    Who stands in for somebody today (Ersättare) has that person's rights on cases too, but never
    the right to configure, and not the rights that the absent has as a stand-in.
    """
    absent = absent_people(user.id, local_today()) if user.is_active else []
    inherited = [a for other in absent for a in _held(other) if a.role is not Role.ADMINISTRATOR]
    return Actor(
        id=user.id,
        name=user.name,
        is_active=user.is_active,
        assignments=tuple(dict.fromkeys([*_held(user), *inherited])),
        stands_in_for=frozenset(other.id for other in absent),
    )


def _held(user: User) -> list[Assignment]:
    """The person's own roles."""
    return [
        Assignment(Role(a.role), a.unit.path, a.sees_secret, a.case_type_id)
        for a in user.assignments
    ]


def case_types_for(
    actor: Actor, permission: Permission, config: Configuration
) -> list[CaseTypeLayout]:
    """The case types in which `actor` holds `permission` at all, in menu order."""
    if not actor.is_active:
        return []
    reach = RIGHTS[permission].reach
    held = {a.case_type_id for a in actor.assignments if reach[a.role] is not Reach.NONE}
    return [t for t in config.case_types if None in held or t.id in held]
