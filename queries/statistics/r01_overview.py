"""R1 Översikt: the figures on one page, beside those of the year before."""

from __future__ import annotations

from dataclasses import dataclass

from domain.meanings import Meaning
from domain.permissions import Actor
from domain.statistics.definitions import definitions
from domain.statistics.measures import Days, median, share
from domain.statistics.question import Question
from domain.statistics.table import Cell, Column, Kind, Report, Row, Slice, Table
from domain.text import _
from models import CaseFact
from queries.configuration import configuration
from queries.statistics.counting import (
    answer_days,
    change_cell,
    confirmations,
    in_time_share,
    number,
    outcomes,
    tally,
    ticks,
)
from queries.statistics.outcomes import NOT_WANTED, OVERDUE

NAME = _("Översikt")


@dataclass(frozen=True)
class Figures:
    """The figures of one period."""

    received: int
    closed: int
    opened: int
    overdue: int
    confirmed: float | None
    answered: float | None
    days: Days
    not_wanted: int
    praise: int
    complaints: int


def overview(question: Question, actor: Actor) -> Report:
    """Eight figures and a quotient, of the period and of the same dates a year before."""
    now, before = _figures(question, actor), _figures(question.year_before(), actor)
    table = Table(
        title=NAME,
        row_heading=_("Mått"),
        columns=(
            Column("now", _("Perioden")),
            Column("before", _("Året före")),
            Column("change", _("Förändring"), Kind.CHANGE),
        ),
        rows=tuple(_rows(now, before)),
    )
    small_print = definitions(
        "period", "cases", "secret", "wanted", "answered", "overdue", "in-time", "confirmed",
        "days", "middle", "before", "praise",
    )  # fmt: skip
    return Report("oversikt", NAME, now.received, (table,), small_print)


def _figures(question: Question, actor: Actor) -> Figures:
    answered, confirmed = outcomes(question, actor), confirmations(question, actor)
    states = tally(question, actor, CaseFact.closed_on.is_(None))
    kinds = _praise_and_complaints(question, actor)
    return Figures(
        received=sum(answered.values()),
        closed=_of(states, False),
        opened=_of(states, True),
        overdue=answered[OVERDUE],
        confirmed=in_time_share(confirmed),
        answered=in_time_share(answered),
        days=answer_days(question, actor).get((), {}),
        not_wanted=answered[NOT_WANTED],
        praise=kinds[0],
        complaints=kinds[1],
    )


def _of(states: dict[tuple[object, ...], int], is_open: bool) -> int:
    """SQLite says 1 and 0."""
    return sum(count for (value,), count in states.items() if bool(value) is is_open)


def _praise_and_complaints(question: Question, actor: Actor) -> tuple[int, int]:
    layout = configuration().case_type(question.case_type_id)
    if layout is None:
        return 0, 0
    found = ticks(question, actor, "types")
    by_meaning = {m: 0 for m in (Meaning.TYPE_PRAISE, Meaning.TYPE_COMPLAINT)}
    for (choice_id,), count in found.items():
        meaning = layout.meaning_of(choice_id)
        if meaning in by_meaning:
            by_meaning[Meaning(meaning)] += count
    return by_meaning[Meaning.TYPE_PRAISE], by_meaning[Meaning.TYPE_COMPLAINT]


def _rows(now: Figures, before: Figures) -> list[Row]:
    return [
        _count(_("Inkomna"), now.received, before.received, ()),
        _count(_("Avslutade"), now.closed, before.closed, (("state", "closed"),)),
        _count(_("Öppna"), now.opened, before.opened, (("state", "open"),)),
        _count(_("Förfallna"), now.overdue, before.overdue, (("outcome", OVERDUE),)),
        _figure(_("Bekräftade i tid"), now.confirmed, before.confirmed, Kind.SHARE),
        _figure(_("Besvarade i tid"), now.answered, before.answered, Kind.SHARE),
        _figure(_("Svarstid, median"), median(now.days), median(before.days), Kind.DAYS),
        _figure(
            _("Svar ej önskat"), share(now.not_wanted, now.received),
            share(before.not_wanted, before.received), Kind.SHARE,
        ),
        _figure(
            _("Beröm per klagomål"), share(now.praise, now.complaints),
            share(before.praise, before.complaints), Kind.DAYS,
        ),
    ]  # fmt: skip


def _count(label: str, now: int, before: int, part: Slice) -> Row:
    cells = (number(now, *part), Cell(before, None, Kind.COUNT), change_cell(now, before))
    return Row(label, cells)


def _figure(label: str, now: float | None, before: float | None, kind: Kind) -> Row:
    return Row(label, (Cell(now, None, kind), Cell(before, None, kind), change_cell(now, before)))
