"""Kept reports and schedules that a person may read: those of the own part of the organisation."""

from __future__ import annotations

from sqlalchemy import ColumnElement, false, or_, select
from sqlalchemy.orm import defer, joinedload

from domain.permissions import Actor
from domain.row_ids import row_id
from extensions import db
from models import KeptReport, ReportSchedule
from queries.configuration import configuration
from queries.statistics.reach import countable_units, counts_everything

MOST = 200


def kept_reports(actor: Actor) -> list[KeptReport]:
    """The newest first, without their numbers."""
    query = (
        select(KeptReport)
        .where(_readable(KeptReport, actor))
        .options(defer(KeptReport.reports), joinedload(KeptReport.unit))
        .options(joinedload(KeptReport.made_by))
        .order_by(KeptReport.made_at.desc(), KeptReport.id.desc())
        .limit(MOST)
    )
    return list(db.session.scalars(query))


def find_kept(number: object, actor: Actor) -> KeptReport | None:
    """The report, if `actor` may count all that it counts."""
    key = row_id(number)
    if key is None:
        return None
    query = select(KeptReport).where(KeptReport.id == key, _readable(KeptReport, actor))
    return db.session.scalar(query)


def schedules(actor: Actor) -> list[ReportSchedule]:
    """The schedules of the own part of the organisation, by name."""
    query = (
        select(ReportSchedule)
        .where(_readable(ReportSchedule, actor))
        .options(joinedload(ReportSchedule.unit))
        .order_by(ReportSchedule.name, ReportSchedule.id)
        .limit(MOST)
    )
    return list(db.session.scalars(query))


def find_schedule(number: object, actor: Actor) -> ReportSchedule | None:
    """The schedule, if `actor` may count what it reports."""
    key = row_id(number)
    if key is None:
        return None
    where = (ReportSchedule.id == key, _readable(ReportSchedule, actor))
    return db.session.scalar(select(ReportSchedule).where(*where))


def _readable(model: type[KeptReport] | type[ReportSchedule], actor: Actor) -> ColumnElement[bool]:
    parts = []
    for case_type in configuration().case_types:
        mine = [unit.id for unit in countable_units(actor, case_type.id)]
        inside: ColumnElement[bool] = model.unit_id.in_(mine)
        if counts_everything(actor, case_type.id):
            inside = or_(inside, model.unit_id.is_(None))
        parts.append((model.case_type_id == case_type.id) & inside)
    return or_(false(), *parts)
