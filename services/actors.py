"""Actors: a person's row as the rules see it, and which case types the person can reach."""

from __future__ import annotations

from domain.layout import CaseTypeLayout
from domain.permissions import RIGHTS, Actor, Assignment, Permission, Reach, Role
from models import User
from queries.configuration import Configuration


def actor_of(user: User) -> Actor:
    """The actor for `user`, with the assignments as they are now."""
    return Actor(
        id=user.id,
        name=user.name,
        is_active=user.is_active,
        assignments=tuple(
            Assignment(Role(a.role), a.unit.path, a.sees_secret, a.case_type_id)
            for a in user.assignments
        ),
    )


def case_types_for(
    actor: Actor, permission: Permission, config: Configuration
) -> list[CaseTypeLayout]:
    """The case types in which `actor` holds `permission` at all, in menu order."""
    if not actor.is_active:
        return []
    reach = RIGHTS[permission].reach
    held = {a.case_type_id for a in actor.assignments if reach[a.role] is not Reach.NONE}
    return [t for t in config.case_types if None in held or t.id in held]
