"""What an administrator and everybody can do beside the cases, each as one step of a random walk.

None commits.
"""

from __future__ import annotations

from datetime import timedelta

from domain.clock import local_today
from domain.errors import NotAllowed
from domain.permissions import Actor, Permission, Role, can
from models import StandIn, Unit, User
from queries.duties import duties_of
from services import people
from services.actors import actor_of
from services.handover import Choices, hand_over
from services.organisation import add_unit, change_unit
from services.profile import change_profile
from services.stand_ins import add_stand_in, remove_stand_in
from tests.support.walk_of_deeds import NothingToDo, Walk


def _administrator(walk: Walk, right: Permission) -> Actor:
    who = walk.chief() if walk.likely(0.9) else walk.somebody()
    if not can(who, right):
        raise NotAllowed  # as the page does
    return who


def change_roles(walk: Walk) -> None:
    who, user = _administrator(walk, Permission.CONFIG_USERS), walk.row(User)
    held = sorted(people.grants_of(user), key=repr)
    new = people.Grant(walk.pick(list(Role)), walk.row(Unit).id, None, walk.likely(0.3))
    kept = held if walk.likely(0.7) else held[1:]
    people.change_person(user, {}, [*kept, new], actor=who)


def change_somebody(walk: Walk) -> None:
    who, user = _administrator(walk, Permission.CONFIG_USERS), walk.row(User)
    values = walk.pick(
        [{"name": walk.words()}, {"phone": str(walk.number)}, {"is_active": not user.is_active}]
    )
    people.change_person(user, values, None, actor=who)


def add_somebody(walk: Walk) -> None:
    walk.keep_below(20, User)
    who = _administrator(walk, Permission.CONFIG_USERS)
    name = f"ny{walk.chance.randint(1, 40)}"
    values = {
        "username": name,
        "name": walk.words(),
        "email": f"{name}@example.org",
        "is_active": True,
    }
    grants = [people.Grant(walk.pick(list(Role)), walk.row(Unit).id) for _ in range(2)]
    people.add_person(values, grants, actor=who)


def change_own_profile(walk: Walk) -> None:
    user = walk.row(User, is_active=True)
    values = {"name": walk.words(), "title": walk.words()}
    change_profile(user, values, actor=actor_of(user))


def change_unit_of_town(walk: Walk) -> None:
    who, unit = _administrator(walk, Permission.CONFIG_ORGANISATION), walk.row(Unit)
    values = walk.pick(
        [
            {"name": walk.words()},
            {"parent_id": walk.row(Unit).id},
            {"is_active": not unit.is_active},
            {"default_responsible_id": walk.row(User).id},
        ]
    )
    change_unit(unit, values, actor=who)


def add_unit_to_town(walk: Walk) -> None:
    walk.keep_below(45, Unit)
    who = _administrator(walk, Permission.CONFIG_ORGANISATION)
    usual = {"kind": "unit", "secrecy_area": "open", "is_active": True}
    name = {"key": f"ny-{walk.number}", "name": walk.words(), "parent_id": walk.row(Unit).id}
    add_unit({**usual, **name}, actor=who)


def choose_stand_in(walk: Walk) -> None:
    if walk.likely(0.4):
        return remove_stand_in(walk.row(StandIn), actor=walk.somebody())
    walk.keep_below(8, StandIn)
    absent = walk.row(User)
    first = local_today() + timedelta(days=walk.chance.randint(0, 9))
    values = {"absent_id": absent.id, "stand_in_id": walk.row(User).id, "first_day": first,
              "last_day": first + timedelta(days=walk.chance.randint(-1, 9))}  # fmt: skip
    return add_stand_in(values, actor=actor_of(absent)) and None


def hand_everything_over(walk: Walk) -> None:
    who, user = _administrator(walk, Permission.CONFIG_USERS), walk.row(User)
    duties = duties_of(user.id)
    if not duties.any:
        raise NothingToDo
    heir = walk.row(User).id if walk.likely(0.8) else None
    helper = walk.row(User).id if walk.likely(0.5) else None
    given = {group.key: heir for group in duties.groups}
    hand_over(user, Choices(given, helper, {u.id: heir for u in duties.units}), actor=who)
