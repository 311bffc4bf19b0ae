"""Open cases that still owe an answer, as SQL conditions on the indexed columns."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, and_, exists, false, or_, select
from sqlalchemy.orm import joinedload

from domain.events import NO_CONTACT
from domain.layout import CaseTypeLayout
from domain.meanings import Meaning
from extensions import db
from models import Case, Reminder
from queries.configuration import configuration


def is_open() -> ColumnElement[bool]:
    """As the partial indexes have it."""
    return Case.closed_at.is_(None)


def owes_answer_in(layout: CaseTypeLayout) -> ColumnElement[bool]:
    """The SQL twin of domain.workflow.owes_answer() for one case type, with no answer given."""
    no_contact = _ids(layout, *NO_CONTACT)
    done = _ids(layout, Meaning.STATUS_NO_ANSWER)
    parts = [Case.case_type_id == layout.id, Case.answered_on.is_(None)]
    if no_contact:
        parts.append(or_(Case.contact_way_id.is_(None), Case.contact_way_id.not_in(no_contact)))
    if done:
        parts.append(Case.status_id.not_in(done))
    return and_(*parts)


def owes_answer() -> ColumnElement[bool]:
    """The same over all case types in use."""
    return or_(false(), *[owes_answer_in(layout) for layout in configuration().case_types])


def _ids(layout: CaseTypeLayout, *meanings: Meaning) -> list[int]:
    items = [c for choices in layout.lists.values() for c in choices]
    return [c.id for c in items if c.meaning in meanings]


def last_days(layout: CaseTypeLayout, until: date) -> list[date]:
    """The last days up to `until` on which some case of this type owes its answer."""
    query = select(Case.answer_by).where(is_open(), owes_answer_in(layout), Case.answer_by <= until)
    return list(db.session.scalars(query.distinct().order_by(Case.answer_by)))


def not_reminded(layout: CaseTypeLayout, day: date, occasion: str, limit: int) -> list[Case]:
    """Cases whose last day is `day`, with somebody to tell, that had no reminder of this name."""
    given = exists().where(Reminder.case_id == Case.id, Reminder.occasion == occasion)
    query = (
        select(Case)
        .where(is_open(), owes_answer_in(layout), Case.answer_by == day, ~given)
        .where(or_(Case.responsible_id.is_not(None), Case.unit_id.is_not(None)))
        .options(joinedload(Case.unit), joinedload(Case.submitter), joinedload(Case.case_type))
        .order_by(Case.id)
        .limit(limit)
    )
    return list(db.session.scalars(query).unique())
