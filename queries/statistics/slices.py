"""The cases behind a number: a closed vocabulary of (key, value) pairs, and the cases they name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, true

from domain.clock import local_today
from domain.permissions import Actor
from domain.statistics.period import Basis, Period
from domain.statistics.question import Question
from domain.statistics.table import Slice
from extensions import db
from models import Case, CaseChoice, CaseFact, Event
from queries.cases import visible_cases
from queries.statistics.outcomes import OUTCOMES, answer_outcome, confirm_outcome
from queries.statistics.scope import DAY, counted, has_choice, inside

Where = ColumnElement[bool]
EVER = date(2000, 1, 1)
"""Before any case."""
NONE = "0"
"""Instead of an id: cases on which nothing is chosen."""

SINGLE = {
    "channel": CaseFact.channel_id,
    "contact_way": CaseFact.contact_way_id,
    "submitter_kind": CaseFact.submitter_kind_id,
    "origin": CaseFact.origin_id,
    "result": CaseFact.result_id,
    "publication": CaseFact.publication_id,
    "status": CaseFact.status_id,
}
"""Fields with one choice; all others have ticks in case_choices."""

SPANS = {"0-2": (0, 2), "3-5": (3, 5), "6-10": (6, 10), "11-15": (11, 15), "16-20": (16, 20),
         "21-": (21, 100_000)}  # fmt: skip
"""Times of answer in working days, as the histogram of R6 groups them."""


def cases_behind(question: Question, part: Slice, actor: Actor, limit: int) -> list[Case]:
    """Cases of the number, newest first, that `actor` may see. At most `limit`."""
    query = select(Case).where(Case.id.in_(_ids(question, part, actor)), visible_cases(actor))
    order = (Case.received_on.desc(), Case.id.desc())
    return list(db.session.scalars(query.order_by(*order).limit(limit)))


def number_behind(question: Question, part: Slice, actor: Actor) -> int:
    """How many cases the number counts, whether or not `actor` may see each of them."""
    inner = _ids(question, part, actor).subquery()
    return db.session.scalar(select(func.count()).select_from(inner)) or 0


def _ids(question: Question, part: Slice, actor: Actor) -> Select[Any]:
    is_refused = any(key == "refused" for key, _value in part)
    question = _with_own_period(question, part)
    where = [counted(question, actor, is_refused=is_refused)]
    where += [condition(question, key, value) for key, value in part]
    return select(CaseFact.case_id).where(and_(*where))


def _with_own_period(question: Question, part: Slice) -> Question:
    """Numbers of R16 are of other years than the question, those of R21 of all cases till today."""
    pairs = dict(part)
    if pairs.get("period") == "all":
        return replace(question, period=Period(EVER, local_today()), basis=Basis.RECEIVED)
    year = pairs.get("year", "")
    if year.isdecimal() and date.min.year <= int(year) <= date.max.year:
        whole = Period(date(int(year), 1, 1), date(int(year), 12, 31))
        return replace(question, period=whole)
    return question


def is_known(part: Slice) -> bool:
    """Whether every pair is one that some report could have made."""
    return all(key in _CONDITIONS and len(value) <= 320 for key, value in part)


def condition(question: Question, key: str, value: str) -> Where:
    """What a pair asks of CaseFact. A value that means nothing finds nothing."""
    try:
        return _CONDITIONS[key](question, value)
    except (KeyError, ValueError, OverflowError):
        return false()


def _outcome(_question: Question, value: str) -> Where:
    return answer_outcome() == value if value in OUTCOMES else false()


def _confirmed(_question: Question, value: str) -> Where:
    return confirm_outcome() == value if value in OUTCOMES else false()


def _state(_question: Question, value: str) -> Where:
    return CaseFact.closed_on.is_(None) if value == "open" else CaseFact.closed_on.is_not(None)


def _answered(_question: Question, value: str) -> Where:
    answered = and_(CaseFact.wants_answer.is_(True), CaseFact.answered_on.is_not(None))
    return answered if value == "yes" else false()


def _wanted(_question: Question, value: str) -> Where:
    return CaseFact.wants_answer.is_(value == "yes")


def _unit(_question: Question, value: str) -> Where:
    """Exactly this unit."""
    return CaseFact.unit_id.is_(None) if value == NONE else CaseFact.unit_id == _id(value)


def _under(_question: Question, value: str) -> Where:
    """The unit and all below it."""
    return inside(_id(value))


def _choice(_question: Question, value: str) -> Where:
    """ "types:12", "channel:0"."""
    field, _sign, number = value.partition(":")
    column = SINGLE.get(field)
    if column is not None:
        return column.is_(None) if number == NONE else column == _id(number)
    if number != NONE:
        return has_choice(field, _id(number))
    ticked = select(CaseChoice.case_id).where(CaseChoice.field_key == field)
    return CaseFact.case_id.not_in(ticked)


def _month(question: Question, value: str) -> Where:
    first = date.fromisoformat(f"{value}-01")
    return _days_of(question, first, (first + timedelta(days=31)).replace(day=1))


def _year(_question: Question, value: str) -> Where:
    """The period of the question is that year already."""
    return true() if value.isdecimal() and 0 < int(value) <= date.max.year else false()


def _period(_question: Question, value: str) -> Where:
    """The period of the question is all time already."""
    return true() if value == "all" else false()


def _until_month(question: Question, value: str) -> Where:
    """From the first day of the period to the end of the month."""
    first = date.fromisoformat(f"{value}-01")
    end = (first + timedelta(days=31)).replace(day=1)
    return _days_of(question, question.period.first, end)


def _days_of(question: Question, first: date, end: date) -> Where:
    day = DAY[question.basis]
    return and_(day >= first, day < end)


def _days(_question: Question, value: str) -> Where:
    """Answered in so many working days, as SPANS has them."""
    wanted = CaseFact.wants_answer.is_(True)
    return and_(wanted, CaseFact.answer_days.between(*SPANS[value]))


def _responsible(_question: Question, value: str) -> Where:
    column = CaseFact.responsible_id
    return column.is_(None) if value == NONE else column == _id(value)


def _refused(_question: Question, value: str) -> Where:
    reasons = select(Case.id).where(Case.refused_for == value)
    return CaseFact.case_id.in_(reasons) if value else CaseFact.is_refused.is_(True)


def _delay(_question: Question, value: str) -> Where:
    """Late or overdue, with or without an explanation."""
    written = select(Case.id).where(Case.delay_reason != "")
    late = or_(answer_outcome() == "late", answer_outcome() == "overdue")
    explained = CaseFact.case_id.in_(written)
    return and_(late, explained if value == "yes" else ~explained)


def _receiver(_question: Question, value: str) -> Where:
    """Sent to this external party."""
    sent = select(Event.case_id).where(
        Event.purpose == "external", Event.recipient == value, Event.removed_at.is_(None),
        Event.state != "voided",
    )  # fmt: skip
    return CaseFact.case_id.in_(sent)


def _id(value: str) -> int:
    number = int(value)
    if not 0 < number < 2**31:
        raise ValueError("no id")
    return number


_CONDITIONS: dict[str, Callable[[Question, str], Where]] = {
    "answered": _answered,
    "choice": _choice,
    "confirmed": _confirmed,
    "days": _days,
    "delay": _delay,
    "month": _month,
    "outcome": _outcome,
    "period": _period,
    "receiver": _receiver,
    "refused": _refused,
    "responsible": _responsible,
    "state": _state,
    "under": _under,
    "unit": _unit,
    "until-month": _until_month,
    "wanted": _wanted,
    "year": _year,
}
