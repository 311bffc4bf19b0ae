"""For the worker: publish what is due, take back what is over or has become forbidden.

Each case is a transaction of its own, and is locked in it: of several workers one does it.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_, select

from domain.clock import local_today
from domain.permissions import SYSTEM
from domain.publication import SENSITIVE_UNITS, not_yet
from domain.secrecy_border import OPEN
from domain.text import _
from extensions import db
from models import Case, CaseType, Publication, Submitter, Unit
from queries.configuration import configuration
from services.publishing.following import reason_against, take_back
from services.publishing.reading import facts_of, hold
from services.publishing.showing import show, take_down

OVER = _("Tiden på webben är slut.")


def publish_next() -> bool:
    """Publish one case whose day has come, if all still holds. True when there was one."""
    due = (Publication.state == "approved", Publication.publish_on <= local_today())
    publication = _claim(*due)
    if publication is None:
        return False
    case = db.session.get_one(Case, publication.case_id)
    layout = configuration().case_type(case.case_type_id)
    reason = reason_against(case, publication)
    reason = reason or next((bar.sentence for bar in not_yet(facts_of(case))), "")
    if reason or layout is None:
        take_back(case, reason, SYSTEM)
    else:
        show(case, layout, publication, SYSTEM)
    return True


def withdraw_next() -> bool:
    """Take one case back whose time is over, or that a rule forbids now. True when there was one.

    Changes of a case take it back at once; this is for changes of case types and units.
    """
    publication = _claim(Publication.state == "published", Publication.withdraw_on <= local_today())
    if publication is not None:
        take_down(db.session.get_one(Case, publication.case_id), _(OVER), actor=SYSTEM)
        return True
    publication = _claim(Publication.state.in_(("published", "approved")), _is_forbidden())
    if publication is None:
        return False
    case = db.session.get_one(Case, publication.case_id)
    take_back(case, reason_against(case, publication), SYSTEM)
    return True


def _is_forbidden() -> ColumnElement[bool]:
    """Cases that the rules forbid by what the configuration, or a column, says."""
    query = (
        select(Case.id)
        .join(CaseType, CaseType.id == Case.case_type_id)
        .join(Submitter, Submitter.case_id == Case.id)
        .outerjoin(Unit, Unit.id == Case.unit_id)
        .where(
            or_(
                CaseType.publishes.is_(False),
                CaseType.is_active.is_(False),
                CaseType.secrecy_class != OPEN,
                Unit.secrecy_area.in_(SENSITIVE_UNITS),
                Case.is_secret,
                Case.refused_for != "",
                Submitter.is_protected,
            )
        )
    )
    return Publication.case_id.in_(query)


def _claim(*due: ColumnElement[bool]) -> Publication | None:
    """Take one of these for this transaction, with its case; other workers pass it by."""
    case = db.session.scalar(
        select(Case)
        .join(Publication, Publication.case_id == Case.id)
        .where(*due)
        .order_by(Publication.id)
        .limit(1)
        .with_for_update(skip_locked=True, of=Case)
    )
    if case is None:
        return None
    hold(case)
    again = select(Publication).where(Publication.case_id == case.id, *due)
    return db.session.scalar(again.execution_options(populate_existing=True))
