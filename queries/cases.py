"""Reading cases. Every list, page and export starts from visible_cases()."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, not_, or_, select, true
from sqlalchemy.orm import joinedload

from domain.permissions import ABOUT_SUBMITTER, RIGHTS, Actor, Assignment, Permission, Reach, Role
from domain.row_ids import row_id
from extensions import db
from models import Case, CaseParticipant, Submitter
from queries.configuration import configuration


def visible_cases(
    actor: Actor, permission: Permission = Permission.CASE_VIEW
) -> ColumnElement[bool]:
    """The SQL twin of can(actor, permission, case), without the rule of states.

    tests/house/test_visibility.py holds the two together. Units are named by their ids, which a
    process knows from its configuration: measured faster than walking the tree in SQL.
    """
    if not actor.is_active:
        return false()
    parts = [_assignment_scope(actor, a, permission) for a in actor.assignments]
    return or_(false(), *parts)


def _assignment_scope(
    actor: Actor, assignment: Assignment, permission: Permission
) -> ColumnElement[bool]:
    right = RIGHTS[permission]
    reach = right.reach[assignment.role]
    if reach is Reach.NONE:
        return false()
    hidden = _hidden(permission)
    scope = and_(
        _reach(actor, assignment, reach), _secrecy(actor, assignment, right.secrecy, hidden)
    )
    if assignment.case_type_id is not None:
        scope = and_(scope, Case.case_type_id == assignment.case_type_id)
    return scope


def _reach(actor: Actor, assignment: Assignment, reach: Reach) -> ColumnElement[bool]:
    if reach in (Reach.ANY, Reach.EVERY):
        return true()
    if reach is Reach.ASSIGNED:
        return Case.id.in_(assisted_by(actor))
    inside = Case.unit_id.in_([u.id for u in configuration().subtree(assignment.unit_path)])
    if reach is Reach.RESPONSIBLE:
        return and_(inside, Case.responsible_id.in_(actor.ids))
    return inside


def _hidden(permission: Permission) -> ColumnElement[bool]:
    """The SQL twin of domain.permissions.is_hidden()."""
    if permission not in ABOUT_SUBMITTER:
        return Case.is_secret.is_(True)
    protected = select(Submitter.case_id).where(Submitter.is_protected)
    return or_(Case.is_secret.is_(True), Case.id.in_(protected))


def _secrecy(
    actor: Actor, assignment: Assignment, rule: str, hidden: ColumnElement[bool]
) -> ColumnElement[bool]:
    open_case = not_(hidden)
    if rule in ("keep", "meta"):
        return true()
    if assignment.role is Role.READER or rule == "none":
        return open_case
    if assignment.sees_secret:
        return true()
    if rule == "flag":
        return open_case
    return or_(open_case, Case.responsible_id.in_(actor.ids), Case.id.in_(assisted_by(actor)))


def assisted_by(actor: Actor) -> Select[Any]:
    """Ids of the cases on which `actor`, or somebody whose stand-in `actor` is, is an assistant."""
    return select(CaseParticipant.case_id).where(
        CaseParticipant.user_id.in_(actor.ids), CaseParticipant.capacity == "assistant"
    )


def find_case(
    number: int, actor: Actor, permission: Permission = Permission.CASE_VIEW
) -> Case | None:
    """The case with this number if `actor` may see it. What may not be seen does not exist."""
    if row_id(number) is None:
        return None
    return db.session.scalar(
        select(Case)
        .where(Case.id == number, visible_cases(actor, permission))
        .options(joinedload(Case.unit), joinedload(Case.submitter))
    )
