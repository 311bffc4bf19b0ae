"""Who is told by mail: the mail matrix's sets of people (reliability notes, (d))."""

from __future__ import annotations

from sqlalchemy import and_, or_, select

from domain.permissions import Role
from extensions import db
from models import Case, RoleAssignment, User


def told_of_new_case(case: Case) -> list[User]:
    """Active registrars of the case's process, and the overarching of the case's own unit.

    The overarching are told only of cases on the very node they hold (manual S01, decision D11).
    """
    assignment = RoleAssignment
    of_process = or_(
        assignment.case_type_id.is_(None), assignment.case_type_id == case.case_type_id
    )
    registrar = assignment.role == Role.REGISTRAR
    at_node = and_(assignment.role == Role.OVERARCHING, assignment.unit_id == case.unit_id)
    rows = select(assignment.user_id).where(of_process, or_(registrar, at_node))
    people = select(User).where(User.id.in_(rows), User.is_active)
    return list(db.session.scalars(people.order_by(User.sort_key, User.id)))
