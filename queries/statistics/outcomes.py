"""How a case went: confirmed and answered in time, late, overdue, still running, or not wanted."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, case
from sqlalchemy.orm import InstrumentedAttribute

from domain.clock import local_today
from models import CaseFact

IN_TIME, LATE, OVERDUE, RUNNING, NOT_WANTED = "in-time", "late", "overdue", "running", "no-answer"
DayColumn = InstrumentedAttribute[Any]
Conditions = dict[str, ColumnElement[bool]]
"""Outcome → its condition, of cases that want an answer."""
OUTCOMES = (IN_TIME, LATE, OVERDUE, RUNNING, NOT_WANTED)


def answer_outcome() -> ColumnElement[str]:
    """One of OUTCOMES (domain notes §4.2: Besvarade i tid, Förfallen, pågår, Svar önskat)."""
    return _outcome(CaseFact.answered_on, CaseFact.answer_by)


def confirm_outcome() -> ColumnElement[str]:
    """The same of the confirmation and its limit."""
    return _outcome(CaseFact.confirmed_on, CaseFact.confirm_by)


def answer_conditions() -> Conditions:
    """The outcomes of answer_outcome() one by one, for counting in one pass."""
    return _conditions(CaseFact.answered_on, CaseFact.answer_by)


def confirm_conditions() -> Conditions:
    """The same of confirm_outcome()."""
    return _conditions(CaseFact.confirmed_on, CaseFact.confirm_by)


def _conditions(done: DayColumn, limit: DayColumn) -> Conditions:
    return {
        IN_TIME: and_(done.is_not(None), done <= limit),
        LATE: and_(done.is_not(None), done > limit),
        OVERDUE: and_(done.is_(None), limit < local_today()),
        RUNNING: and_(done.is_(None), limit >= local_today()),
    }


def _outcome(done: DayColumn, limit: DayColumn) -> ColumnElement[str]:
    wanted = ((condition, word) for word, condition in _conditions(done, limit).items())
    return case((CaseFact.wants_answer.is_(False), NOT_WANTED), *wanted)
