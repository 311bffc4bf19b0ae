"""R15 Extern utförare och ej kommunens ansvar: where such cases were sent."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import func, select

from domain.meanings import Meaning
from domain.permissions import Actor
from domain.statistics.definitions import definitions
from domain.statistics.question import Question
from domain.statistics.table import Chart, ChartKind, Column, Report, Row, Table
from domain.text import _
from extensions import db
from models import CaseFact, Event
from queries.statistics.choices import choices_of
from queries.statistics.counting import number, ticks, year_before
from queries.statistics.scope import counted

NAME = _("Extern utförare och ej kommunens ansvar")


def not_ours(question: Question, actor: Actor) -> Report:
    """Cases of types that mean "not ours", and cases sent to an external party by receiver."""
    types = [
        item
        for item in choices_of(question.case_type_id, "types")
        if item.meaning == Meaning.TYPE_NOT_OURS
    ]
    now, before = ticks(question, actor, "types"), ticks(question.year_before(), actor, "types")
    columns = (Column("cases", _("Ärenden")), Column("before", _("Året före")))
    rows = tuple(
        Row(
            item.label,
            (number(now[(item.id,)], ("choice", f"types:{item.id}")),
             year_before(before[(item.id,)])),
        )
        for item in types
    )  # fmt: skip
    kinds = Table(_("Ej kommunens ansvar"), _("Synpunktstyp"), columns, rows)
    small_print = definitions("period", "cases", "secret", "before")
    total = sum(now[(item.id,)] for item in types)
    return Report("extern", NAME, total, (kinds, _receivers(question, actor)), small_print)


def _receivers(question: Question, actor: Actor) -> Table:
    now, before = _sent(question, actor), _sent(question.year_before(), actor)
    names = sorted({*now, *before}, key=lambda name: (-now[name], name))
    rows = tuple(
        Row(name, (number(now[name], ("receiver", name)), year_before(before[name])))
        for name in names
    )
    columns = (Column("cases", _("Ärenden")), Column("before", _("Året före")))
    chart = Chart(ChartKind.BARS, ("cases",))
    return Table(_("Skickade till extern part"), _("Mottagare"), columns, rows, chart)


def _sent(question: Question, actor: Actor) -> Counter[str]:
    query = (
        select(Event.recipient, func.count(Event.case_id.distinct()))
        .join(CaseFact, CaseFact.case_id == Event.case_id)
        .where(counted(question, actor), Event.purpose == "external", Event.removed_at.is_(None))
        .where(Event.state != "voided", Event.recipient != "")
        .group_by(Event.recipient)
    )
    return Counter({name: count for name, count in db.session.execute(query)})
