"""R1 Översikt: the figures on one page, beside those of the year before."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from domain.meanings import Meaning
from domain.permissions import Actor
from domain.statistics.definitions import definitions
from domain.statistics.measures import Days, median, share
from domain.statistics.question import Question
from domain.statistics.table import Cell, Column, Kind, Report, Row, Slice, Table
from domain.text import _
from models import CaseFact
from queries.statistics.choices import choices_of
from queries.statistics.counting import change_cell, in_time_share, number, tally, ticks
from queries.statistics.outcomes import NOT_WANTED, OVERDUE, answer_outcome, confirm_outcome

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
    """All but the last two figures come of one pass over the cases."""
    answered, confirmed, opened, days = Counter[str](), Counter[str](), 0, Counter[int]()
    found = tally(
        question, actor, answer_outcome(), confirm_outcome(), CaseFact.closed_on.is_(None),
        CaseFact.answer_days,
    )  # fmt: skip
    for (outcome, confirmation, is_open, took), count in found.items():
        answered[outcome] += count
        confirmed[confirmation] += count
        opened += count if is_open else 0
        if outcome != NOT_WANTED and took is not None:
            days[took] += count
    received = answered.total()
    kinds = _praise_and_complaints(question, actor)
    return Figures(
        received=received,
        closed=received - opened,
        opened=opened,
        overdue=answered[OVERDUE],
        confirmed=in_time_share(confirmed),
        answered=in_time_share(answered),
        days=days,
        not_wanted=answered[NOT_WANTED],
        praise=kinds[0],
        complaints=kinds[1],
    )


def _praise_and_complaints(question: Question, actor: Actor) -> tuple[int, int]:
    by_meaning: Counter[str] = Counter()
    kinds = {c.id: c.meaning for c in choices_of(question.case_type_id, "types") if c.meaning}
    for (choice_id,), count in ticks(question, actor, "types", only=kinds).items():
        by_meaning[kinds[choice_id]] += count
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
