"""Reports by mail when a period has ended, each made with the rights its reader has on that day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import select, update

from domain.clock import local_today
from domain.dates import short_date
from domain.errors import NotAllowed, RuleBroken
from domain.permissions import SYSTEM, Actor
from domain.statistics.presets import named_period
from domain.statistics.question import Question
from domain.statistics.small_numbers import without_small_numbers
from domain.statistics.table import Report
from domain.statistics.words import text_of
from domain.text import _
from extensions import current_settings, db
from models import ReportSchedule, User
from queries.configuration import configuration
from queries.statistics.catalogue import offered
from queries.statistics.reach import may_count
from services.account_mails import queue_notice
from services.actors import actor_of
from services.audit import record
from services.reports.keeping import may_keep

PERIOD_OF = {
    "manad": "forra-manaden",
    "kvartal": "forra-kvartalet",
    "tertial": "forra-tertialen",
    "halvar": "forra-halvaret",
    "ar": "forra-aret",
}
"""Rhythm → the period that has just ended."""

RHYTHMS = {
    "manad": _("Varje månad"),
    "kvartal": _("Varje kvartal"),
    "tertial": _("Varje tertial"),
    "halvar": _("Varje halvår"),
    "ar": _("Varje år"),
}
MONTHS_OF = {"manad": 1, "kvartal": 3, "tertial": 4, "halvar": 6, "ar": 12}
MOST_READERS = 50
MOST_LINES = 25


def save_schedule(
    row: ReportSchedule | None, values: Mapping[str, Any], *, actor: Actor
) -> ReportSchedule:
    """Make or change a schedule. Raises NotAllowed, RuleBroken."""
    if not may_keep(actor) or not may_count(actor, values["case_type_id"], values["unit_id"]):
        raise NotAllowed
    if not values["name"].strip():
        raise RuleBroken(_("Skriv vad utskicket ska heta."), field="name")
    if not 0 < len(values["reader_ids"]) <= MOST_READERS:
        raise RuleBroken(_("Välj minst en läsare, och högst 50."), field="readers")
    if row is None:
        row = ReportSchedule(made_by_id=actor.id)
        db.session.add(row)
    for name, value in values.items():
        setattr(row, name, value)
    row.next_on = first_after(local_today(), row.rhythm)
    db.session.flush()
    new = {"name": row.name, "readers": row.reader_ids, "rhythm": row.rhythm}
    record(actor, "report.scheduled", subject=_subject(row), new=new)
    return row


def remove_schedule(row: ReportSchedule, *, actor: Actor) -> None:
    """End it. Raises NotAllowed."""
    if not may_keep(actor) or not may_count(actor, row.case_type_id, row.unit_id):
        raise NotAllowed
    record(actor, "report.unscheduled", subject=_subject(row), old=row.name)
    db.session.delete(row)


def first_after(day: date, rhythm: str) -> date:
    """The first day of the next period after `day`: then the last one has ended."""
    months = MONTHS_OF[rhythm]
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    number = first.year * 12 + first.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def send_due_reports() -> None:
    """Mail the reports whose day has come. Several workers: each schedule is taken once."""
    today = local_today()
    due = select(ReportSchedule).where(ReportSchedule.next_on <= today)
    for row in list(db.session.scalars(due.order_by(ReportSchedule.id).limit(20))):
        if _claim(row, today):
            _send(row, today)


def _claim(row: ReportSchedule, today: date) -> bool:
    """Move the day on; false when another worker has done so."""
    claimed = db.session.scalar(
        update(ReportSchedule)
        .where(ReportSchedule.id == row.id, ReportSchedule.next_on == row.next_on)
        .values(next_on=first_after(today, row.rhythm))
        .returning(ReportSchedule.id)
        .execution_options(synchronize_session=False)
    )
    return claimed is not None


def _send(row: ReportSchedule, today: date) -> None:
    """To every reader who may still count what it reports; the log names who got it."""
    told: list[int] = []
    for user_id in row.reader_ids:
        user = db.session.get(User, user_id)
        if user is not None and user.is_active and _mail(row, user, today):
            told.append(user.id)
    record(SYSTEM, "report.sent", subject=_subject(row), new={"name": row.name, "readers": told})


def _mail(row: ReportSchedule, user: User, today: date) -> bool:
    actor = actor_of(user)
    case_type = configuration().case_type(row.case_type_id)
    if case_type is None or not may_count(actor, row.case_type_id, row.unit_id):
        return False
    kind = next((k for k in offered(case_type, actor) if k.key == row.report_key), None)
    if kind is None:
        return False
    period = named_period(PERIOD_OF[row.rhythm], today)
    hides = case_type.secrecy_class != "open"
    question = Question(case_type.id, period, unit_id=row.unit_id or 0, hides_small=hides)
    report = kind.build(question, actor)
    if hides:
        report = without_small_numbers(report, current_settings().secret_key)
    address = {
        "typ": case_type.key, "enhet": str(row.unit_id or "alla"), "period": "egen",
        "fran": period.first.isoformat(), "till": period.last.isoformat(),
    }  # fmt: skip
    link = f"{current_settings().base_url}/admin/statistics/{kind.key}?{urlencode(address)}"
    facts = {
        "namn": row.name,
        "rapport": kind.name,
        "enhet": row.unit.name if row.unit else _("Hela organisationen"),
        "period": f"{short_date(period.first)} – {short_date(period.last)}",
        "siffror": lines_of(report),
    }
    extra = {"rapport": facts, "lank": {"rapport": link}}
    return queue_notice(user, "scheduled_report", extra) is not None


def lines_of(report: Report) -> str:
    """The first number of every row of the first table, a line each: never names, never texts."""
    table = report.tables[0]
    if table.lists_cases or table.columns[0].kind == "text":
        return ""
    lines = [f"{row.label}: {text_of(row.cells[0], table.columns[0])}" for row in table.rows]
    return "\n".join(lines[:MOST_LINES])


def _subject(row: ReportSchedule) -> str:
    return f"report_schedules {row.id}"
