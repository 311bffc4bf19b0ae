"""People and their roles: who has an account, and what each may do where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import select

from domain.errors import NotAllowed, RuleBroken
from domain.permissions import Actor, Role
from domain.sorting import sort_key
from domain.text import _
from extensions import db
from models import CaseType, RoleAssignment, Unit, User
from services.accounts import normal_username, set_password
from services.audit import record
from services.cases.marking import drop_favourites
from services.config_changes import add_row, change_row, flush_or_refuse, subject_of
from services.handover import check_nothing_left, check_reach_kept, within_reach
from services.sessions import end_all_sessions


@dataclass(frozen=True)
class Grant:
    """One role at one unit; for one case type, or all when `case_type_id` is None."""

    role: str
    unit_id: int
    case_type_id: int | None = None
    sees_secret: bool = False


def add_person(
    values: Mapping[str, Any], grants: Sequence[Grant], password: str = "", *, actor: Actor
) -> User:
    """Make an account with its roles. Raises RuleBroken, naming the field.

    Without a `password` nobody gets in until the person has chosen one (services.password_links).
    """
    values = {**values, "username": normal_username(values["username"])}
    user = add_row(User(sort_key=sort_key(values["name"])), values, actor=actor)
    if password:
        set_password(user, password, actor=actor)
    _set_grants(user, grants, actor)
    return user


def change_person(
    user: User,
    values: Mapping[str, Any],
    grants: Sequence[Grant] | None,
    *,
    actor: Actor,
    password: str = "",
) -> None:
    """Change a person's data, roles (None: leave them) and password ("": leave it).

    Changed roles, a new password and deactivation end the person's sessions at once (G18).
    Raises RuleBroken, or NotAllowed for one's own roles and one's own deactivation.
    """
    was_active = user.is_active
    change_row(user, values, actor=actor)
    user.sort_key = sort_key(user.name)
    reach = within_reach(user) if grants is not None else frozenset()
    if grants is not None and _set_grants(user, grants, actor):
        check_reach_kept(user, reach)
        end_all_sessions(user)
    if was_active and not user.is_active:
        _forbid_oneself(user, actor)
        check_nothing_left(user)
        drop_favourites(user.id)
        end_all_sessions(user)
    if password:
        set_password(user, password, actor=actor)
    flush_or_refuse(_("Det finns redan en sådan person."))
    _keep_an_administrator()


def grants_of(user: User) -> set[Grant]:
    """The roles of a person as plain values."""
    return {_grant(a) for a in user.assignments}


def _grant(row: RoleAssignment) -> Grant:
    return Grant(row.role, row.unit_id, row.case_type_id, row.sees_secret)


def _set_grants(user: User, grants: Sequence[Grant], actor: Actor) -> bool:
    """Give and withdraw until the person has exactly `grants`. False when nothing changes."""
    wanted, held = set(grants), grants_of(user)
    if wanted == held:
        return False
    _forbid_oneself(user, actor)
    _check_grants(grants)
    for row in [a for a in user.assignments if _grant(a) not in wanted]:
        record(actor, "role.withdrawn", subject=subject_of(user), old=asdict(_grant(row)))
        user.assignments.remove(row)
    db.session.flush()
    for grant in sorted(wanted - held, key=repr):
        record(actor, "role.granted", subject=subject_of(user), new=asdict(grant))
        user.assignments.append(RoleAssignment(**asdict(grant)))
    return True


def _check_grants(grants: Sequence[Grant]) -> None:
    """Known roles at units and case types that exist, none of them twice."""
    places = [(g.role, g.unit_id, g.case_type_id) for g in grants]
    if len(places) != len(set(places)):
        raise RuleBroken(_("Samma roll står två gånger för samma enhet."), field="assignments")
    if not all(_exists(grant) for grant in grants):
        raise RuleBroken(_("Välj roll, enhet och ärendetyp i listorna."), field="assignments")


def _exists(grant: Grant) -> bool:
    unit = db.session.get(Unit, grant.unit_id) if grant.unit_id else None
    case_type = db.session.get(CaseType, grant.case_type_id) if grant.case_type_id else True
    return grant.role in tuple(Role) and unit is not None and case_type is not None


def _forbid_oneself(user: User, actor: Actor) -> None:
    """Nobody gives rights to oneself or locks oneself out: a second administrator does it (T18)."""
    if user.id is not None and user.id == actor.id:
        raise NotAllowed(_("Du kan inte ändra dina egna roller eller stänga av dig själv."))


def has_administrator() -> bool:
    """Whether somebody active can change the configuration."""
    query = select(User.id).join(RoleAssignment, RoleAssignment.user_id == User.id)
    query = query.where(User.is_active, RoleAssignment.role == Role.ADMINISTRATOR)
    return db.session.scalar(query.limit(1)) is not None


def _keep_an_administrator() -> None:
    """Without an active administrator nobody could ever change anything here again."""
    if not has_administrator():
        raise RuleBroken(_("Minst en aktiv administratör måste finnas kvar."), field="assignments")
