"""The reports that count one question of the case: R3, R4, R8 to R12."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import func, select

from domain.layout import ChoiceItem
from domain.permissions import Actor
from domain.statistics.definitions import definitions
from domain.statistics.measures import share
from domain.statistics.question import Question
from domain.statistics.table import Chart, ChartKind, Column, Kind, Report, Row, Table
from domain.text import _
from extensions import db
from models import CaseChoice, CaseFact
from queries.configuration import configuration
from queries.statistics.counting import (
    case_count,
    change_cell,
    near,
    number,
    share_cell,
    tally,
    ticks,
    year_before,
)
from queries.statistics.scope import counted
from queries.statistics.slices import SINGLE

NOT_STATED = _("Ej angivet")


def choices_of(case_type_id: int, field: str) -> tuple[ChoiceItem, ...]:
    """The choices of a field of a case type, in order, also those no longer in use."""
    layout = configuration().case_type(case_type_id)
    found = layout.fields.get(field) if layout else None
    return found.choices if found else ()


def label_of_field(case_type_id: int, field: str, otherwise: str) -> str:
    """What the municipality calls the field."""
    layout = configuration().case_type(case_type_id)
    found = layout.fields.get(field) if layout else None
    return found.label if found else otherwise


def by_ticks(question: Question, actor: Actor, field: str, key: str, name: str) -> Report:
    """A question with several answers: cases with the choice, share of ticks and of cases."""
    now = _ticked(question, actor, field)
    before = _ticked(question.year_before(), actor, field)
    cases, all_ticks = case_count(question, actor), now.total()
    rows = []
    for item in _shown(question, field, now, before):
        count, last = now[item.id], before[item.id]
        cells = (
            number(count, ("choice", f"{field}:{item.id}")),
            share_cell(share(count, all_ticks)),
            share_cell(share(count, cases)),
            year_before(last),
            change_cell(count, last),
        )
        rows.append(Row(item.label, cells, key=str(item.id)))
    none = cases - _with_ticks(question, actor, field)
    heading = label_of_field(question.case_type_id, field, name)
    table = Table(
        name,
        heading,
        _TICK_COLUMNS,
        tuple(rows),
        Chart(ChartKind.BARS, ("cases",)),
        notes=(
            _("%(ticks)d markeringar på %(cases)d ärenden; %(none)d ärenden utan markering.")
            % {"ticks": all_ticks, "cases": cases, "none": none},
        ),
    )
    small_print = definitions("period", "cases", "secret", "ticks", "before")
    return Report(key, name, cases, (table,), small_print)


_TICK_COLUMNS = (
    Column("cases", _("Ärenden med valet")),
    Column("of-ticks", _("Andel av markeringar"), Kind.SHARE),
    Column("of-cases", _("Andel av ärenden"), Kind.SHARE),
    Column("before", _("Året före")),
    Column("change", _("Förändring"), Kind.CHANGE),
)


def by_choice(question: Question, actor: Actor, field: str, key: str, name: str) -> Report:
    """A question with one answer: cases, share, and the year before."""
    table, cases = choice_table(question, actor, field, name)
    return Report(key, name, cases, (table,), definitions("period", "cases", "secret", "before"))


def choice_table(question: Question, actor: Actor, field: str, name: str) -> tuple[Table, int]:
    """The table of a question with one answer, and the number of cases."""
    now = _chosen(question, actor, field)
    before = _chosen(question.year_before(), actor, field)
    cases = now.total()
    items = [(item.id, item.label) for item in _shown(question, field, now, before)]
    if now[0] or before[0]:
        items.append((0, NOT_STATED))
    rows = []
    for choice_id, label in items:
        count, last = now[choice_id], before[choice_id]
        cells = (
            number(count, ("choice", f"{field}:{choice_id}")),
            share_cell(share(count, cases)),
            year_before(last),
            change_cell(count, last),
        )
        rows.append(Row(label, cells, key=str(choice_id)))
    heading = label_of_field(question.case_type_id, field, name)
    chart = Chart(ChartKind.BARS, ("cases",))
    return Table(name, heading, _CHOICE_COLUMNS, tuple(rows), chart), cases


_CHOICE_COLUMNS = (
    Column("cases", _("Ärenden")),
    Column("share", _("Andel"), Kind.SHARE),
    Column("before", _("Året före")),
    Column("change", _("Förändring"), Kind.CHANGE),
)


def _shown(
    question: Question, field: str, now: Counter[int], before: Counter[int]
) -> list[ChoiceItem]:
    """The choices in use, and those that were."""
    items = choices_of(question.case_type_id, field)
    return [item for item in items if item.is_active or now[item.id] or before[item.id]]


def _ticked(question: Question, actor: Actor, field: str) -> Counter[int]:
    found = ticks(question, actor, field)
    return Counter({choice_id: count for (choice_id,), count in found.items()})


def _chosen(question: Question, actor: Actor, field: str) -> Counter[int]:
    """Cases by choice id; 0 for those without."""
    found = tally(question, actor, SINGLE[field])
    return Counter({choice_id or 0: count for (choice_id,), count in found.items()})


def _with_ticks(question: Question, actor: Actor, field: str) -> int:
    """Cases with a tick at least."""
    query = (
        select(func.count(CaseFact.case_id.distinct()))
        .join(CaseChoice, CaseChoice.case_id == CaseFact.case_id)
        .where(CaseChoice.field_key == field, near(question), counted(question, actor))
    )
    return db.session.scalar(query) or 0
