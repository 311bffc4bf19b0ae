"""Which cases a report counts: the question, cut to what the reader may count.

A case with a secrecy mark is not counted unless it is asked for, and then only for those who may
see it. So what others read is the same with and without it (threat T20): no comparison of two
reports can tell that it is there.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, false, or_, select, true

from domain.permissions import RIGHTS, Actor, Assignment, Permission, Reach, Role
from domain.statistics.period import Basis
from domain.statistics.question import Question
from models import CaseChoice, CaseFact
from queries.cases import assisted_by
from queries.configuration import configuration

Where = ColumnElement[bool]

DAY = {
    Basis.RECEIVED: CaseFact.received_on,
    Basis.REGISTERED: CaseFact.registered_on,
    Basis.CLOSED: CaseFact.closed_on,
}
"""The day that decides whether a case belongs to the period."""


def counted(question: Question, actor: Actor, *, is_refused: bool = False) -> Where:
    """The condition on CaseFact. Cases that became another process are never counted; refused
    ones only when they are what is asked for, and then nothing else is (R14).
    """
    first, last = question.period.first, question.period.last
    where = [
        CaseFact.case_type_id == question.case_type_id,
        DAY[question.basis].between(first, last),
        CaseFact.is_transferred.is_(False),
        CaseFact.is_refused.is_(is_refused),
        reach(actor, with_secret=question.with_secret),
    ]
    if not question.with_fault_reports:
        where.append(CaseFact.is_fault_report.is_(False))
    if question.unit_id:
        where.append(inside(question.unit_id))
    if question.type_ids:
        where.append(has_choice("types", *question.type_ids))
    return and_(*where)


def reach(actor: Actor, *, with_secret: bool = False) -> Where:
    """The cases that `actor` may count, by each role's part of the organisation."""
    if not actor.is_active:
        return false()
    return or_(false(), *(_reach(actor, a, with_secret) for a in actor.assignments))


def _reach(actor: Actor, assignment: Assignment, with_secret: bool) -> Where:
    found = RIGHTS[Permission.STATISTICS_VIEW].reach[assignment.role]
    if found is Reach.NONE:
        return false()
    scope = true() if found is Reach.EVERY else _in_units(assignment.unit_path)
    if assignment.case_type_id is not None:
        scope = and_(scope, CaseFact.case_type_id == assignment.case_type_id)
    return and_(scope, _open_or_seen(actor, assignment, with_secret))


def _open_or_seen(actor: Actor, assignment: Assignment, with_secret: bool) -> Where:
    """As the rule "named" of the rights table."""
    is_open = CaseFact.is_secret.is_(False)
    if not with_secret or assignment.role is Role.READER:
        return is_open
    if assignment.sees_secret:
        return true()
    own = CaseFact.responsible_id.in_(actor.ids)
    return or_(is_open, own, CaseFact.case_id.in_(assisted_by(actor)))


def inside(unit_id: int) -> Where:
    """The unit and all below it; nothing for a unit that does not exist."""
    unit = configuration().units_by_id.get(unit_id)
    return _in_units(unit.path) if unit else false()


def _in_units(path: str) -> Where:
    return CaseFact.unit_id.in_([unit.id for unit in configuration().subtree(path)])


def has_choice(field: str, *ids: int) -> Where:
    """Cases on which one of the choices `ids` is ticked in `field`."""
    ticks = select(CaseChoice.case_id).where(
        CaseChoice.field_key == field, CaseChoice.choice_id.in_(ids)
    )
    return CaseFact.case_id.in_(ticks)
