"""How a case went: confirmed and answered in time, late, overdue, still running, or not wanted."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, case
from sqlalchemy.orm import InstrumentedAttribute

from domain.clock import local_today
from models import CaseFact

IN_TIME, LATE, OVERDUE, RUNNING, NOT_WANTED = "in-time", "late", "overdue", "running", "no-answer"
DayColumn = InstrumentedAttribute[Any]
OUTCOMES = (IN_TIME, LATE, OVERDUE, RUNNING, NOT_WANTED)


def answer_outcome() -> ColumnElement[str]:
    """One of OUTCOMES (domain notes §4.2: Besvarade i tid, Förfallen, pågår, Svar önskat)."""
    return _outcome(CaseFact.answered_on, CaseFact.answer_by)


def confirm_outcome() -> ColumnElement[str]:
    """The same of the confirmation and its limit."""
    return _outcome(CaseFact.confirmed_on, CaseFact.confirm_by)


def _outcome(done: DayColumn, limit: DayColumn) -> ColumnElement[str]:
    return case(
        (CaseFact.wants_answer.is_(False), NOT_WANTED),
        (and_(done.is_not(None), done <= limit), IN_TIME),
        (done.is_not(None), LATE),
        (limit < local_today(), OVERDUE),
        else_=RUNNING,
    )
