"""What hangs on a person: open cases, help on cases, units. Numbers only, no content of a case."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from domain.clock import local_today
from extensions import db
from models import Case, CaseParticipant, Unit
from queries.stand_ins import rows_to_serve


@dataclass(frozen=True)
class Group:
    """How many open cases of one type at one unit the person is responsible for."""

    case_type_id: int
    unit_id: int | None
    number: int

    @property
    def key(self) -> str:
        return f"{self.case_type_id}-{self.unit_id or 0}"


@dataclass(frozen=True)
class Duties:
    """Everything that must find somebody else before the account is closed."""

    groups: tuple[Group, ...]
    assisted: int
    units: tuple[Unit, ...]
    stand_ins: int

    @property
    def any(self) -> bool:
        return bool(self.groups or self.assisted or self.units or self.stand_ins)


def duties_of(user_id: int) -> Duties:
    """What this person has now."""
    grouped = (
        select(Case.case_type_id, Case.unit_id, func.count())
        .where(Case.responsible_id == user_id, Case.closed_at.is_(None))
        .group_by(Case.case_type_id, Case.unit_id)
        .order_by(Case.case_type_id, Case.unit_id)
    )
    units = select(Unit).where(Unit.default_responsible_id == user_id).order_by(Unit.sort_key)
    return Duties(
        tuple(Group(*row) for row in db.session.execute(grouped)),
        len(assisted_cases(user_id)),
        tuple(db.session.scalars(units)),
        len(rows_to_serve(user_id, local_today())),
    )


def assisted_cases(user_id: int) -> list[CaseParticipant]:
    """The person's places as an assistant on open cases."""
    statement = select(CaseParticipant).join(Case, Case.id == CaseParticipant.case_id)
    mine = (CaseParticipant.user_id == user_id, CaseParticipant.capacity == "assistant")
    return list(db.session.scalars(statement.where(*mine, Case.closed_at.is_(None))))


def open_cases(user_id: int, group: Group) -> list[Case]:
    """The open cases of one group, held until the transaction ends."""
    at_unit = Case.unit_id == group.unit_id if group.unit_id else Case.unit_id.is_(None)
    statement = select(Case).where(
        Case.responsible_id == user_id,
        Case.closed_at.is_(None),
        Case.case_type_id == group.case_type_id,
        at_unit,
    )
    return list(db.session.scalars(statement.order_by(Case.id).with_for_update(of=Case)))
