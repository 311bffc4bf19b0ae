"""R13 Försenade ärenden: which they are, and how many are explained."""

from __future__ import annotations

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from domain.clock import local_today
from domain.permissions import Actor
from domain.statistics.definitions import definitions
from domain.statistics.question import Question
from domain.statistics.table import Cell, Column, Kind, Report, Row, Table
from domain.text import _
from domain.working_days import WorkingCalendar
from extensions import db
from models import Case, CaseFact
from queries.cases import visible_cases
from queries.configuration import configuration
from queries.statistics.counting import number
from queries.statistics.outcomes import LATE, OVERDUE, answer_outcome
from queries.statistics.scope import counted

NAME = _("Försenade ärenden")
MOST = 500
"""Rows in the list. The numbers above it count all."""


def late_cases(question: Question, actor: Actor) -> Report:
    """Cases that were answered late or are overdue, the longest over time first."""
    late = (counted(question, actor), or_(answer_outcome() == LATE, answer_outcome() == OVERDUE))
    explained = _count(*late, Case.delay_reason != "")
    total = _count(*late)
    rows = (
        Row(_("Förklarade"), (number(explained, ("delay", "yes")),)),
        Row(_("Utan förklaring"), (number(total - explained, ("delay", "no")),)),
    )
    groups = Table(NAME, _("Förklaring"), (Column("cases", _("Ärenden")),), rows)
    small_print = definitions("period", "cases", "secret", "wanted", "overdue", "days")
    return Report("forsenade", NAME, total, (groups, _list(late, actor)), small_print)


def _count(*where: object) -> int:
    query = select(func.count()).select_from(CaseFact).join(Case, Case.id == CaseFact.case_id)
    return db.session.scalar(query.where(*where)) or 0  # type: ignore[arg-type]


def _list(late: tuple[object, ...], actor: Actor) -> Table:
    query = (
        select(Case)
        .join(CaseFact, CaseFact.case_id == Case.id)
        .where(*late, visible_cases(actor))  # type: ignore[arg-type]
        .options(joinedload(Case.unit), joinedload(Case.responsible))
        .order_by(Case.answer_by, Case.id)
        .limit(MOST)
    )
    calendar = WorkingCalendar(configuration().closed_days)
    rows = tuple(_row(case, calendar) for case in db.session.scalars(query))
    note = _("Listan visar högst %(number)d ärenden, de som du får läsa.") % {"number": MOST}
    return Table(_("Ärendena"), _("Ärende-ID"), _COLUMNS, rows, notes=(note,), lists_cases=True)


_COLUMNS = (
    Column("title", _("Rubrik"), Kind.TEXT),
    Column("unit", _("Enhet"), Kind.TEXT),
    Column("responsible", _("Handläggare"), Kind.TEXT),
    Column("answer_by", _("Sista dag"), Kind.DATE),
    Column("answered_on", _("Besvarades"), Kind.DATE),
    Column("over", _("Arbetsdagar över"), Kind.DAYS),
    Column("reason", _("Förklaring"), Kind.TEXT),
)


def _row(case: Case, calendar: WorkingCalendar) -> Row:
    over = calendar.between(case.answer_by, case.answered_on or local_today())
    cells = (
        Cell(case.title),
        Cell(case.unit.name if case.unit else None),
        Cell(case.responsible.name if case.responsible else None),
        Cell(case.answer_by),
        Cell(case.answered_on),
        Cell(over),
        Cell(case.delay_reason or None),
    )
    return Row(str(case.id), cells, key=str(case.id))
