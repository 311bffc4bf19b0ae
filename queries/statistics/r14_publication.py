"""R14 Publicering och refusering: what is to be published, and why cases were refused."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from sqlalchemy import func, select

from domain.permissions import Actor
from domain.refusals import REASONS
from domain.statistics.definitions import definitions
from domain.statistics.question import Question
from domain.statistics.table import Column, Report, Row, Table
from domain.text import _
from extensions import db
from models import Case, CaseFact
from queries.statistics.choices import choice_table
from queries.statistics.counting import number, year_before
from queries.statistics.scope import counted

NAME = _("Publicering och refusering")

REASON_LABELS = {
    "offensive": _("Kränkande eller hotfullt"),
    "discriminating": _("Diskriminerande"),
    "unclear": _("Går inte att förstå"),
    "advertising": _("Reklam eller skräppost"),
    "repeated": _("Redan skickad, besvaras i annat ärende"),
    "not-ours": _("Gäller inte kommunens verksamhet"),
    "own": _("Annat skäl"),
}
"""What REASONS says in a sentence to the citizen, as a line of a table."""


def publication_and_refusal(question: Question, actor: Actor) -> Report:
    """The choice of publication, and the refused cases by reason."""
    table, cases = choice_table(question, actor, "publication", _("Publicering"))
    now, before = _refused(question, actor), _refused(question.year_before(), actor)
    keys = [key for key in (*REASONS, "own") if now[key] or before[key]]
    rows = [
        Row(
            REASON_LABELS.get(key, key),
            (number(now[key], ("refused", key)), year_before(before[key])),
        )
        for key in keys
    ]
    total = (number(now.total(), ("refused", "")), year_before(before.total()))
    rows.append(Row(_("Refuserade sammanlagt"), total, is_sum=True))
    columns = (Column("cases", _("Ärenden")), Column("before", _("Året före")))
    refusals = Table(_("Refuserade"), _("Skäl"), columns, tuple(rows))
    table = replace(table, title=_("Publicering"))
    small_print = definitions("period", "cases", "secret", "before")
    return Report("publicering", NAME, cases, (table, refusals), small_print)


def _refused(question: Question, actor: Actor) -> Counter[str]:
    query = (
        select(Case.refused_for, func.count())
        .join(CaseFact, CaseFact.case_id == Case.id)
        .where(counted(question, actor, is_refused=True))
        .group_by(Case.refused_for)
    )
    return Counter({reason: count for reason, count in db.session.execute(query)})
