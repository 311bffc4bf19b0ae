"""R21 Arbetsbelastning: open cases by handler, today. For planning, not for publication."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace

from sqlalchemy import select

from domain.clock import local_today
from domain.permissions import Actor
from domain.statistics.definitions import definitions
from domain.statistics.measures import share
from domain.statistics.period import Basis, Period
from domain.statistics.question import Question
from domain.statistics.table import Cell, Chart, ChartKind, Column, Kind, Report, Row, Table
from domain.text import _
from extensions import db
from models import CaseFact, User
from queries.statistics.counting import number, tally
from queries.statistics.outcomes import OVERDUE, RUNNING, answer_outcome
from queries.statistics.slices import EVER

NAME = _("Arbetsbelastning")
NOBODY = _("Ingen ansvarig")


def workload(question: Question, actor: Actor) -> Report:
    """Handler × open, inside the limit, overdue, mean age. The period does not matter."""
    today = local_today()
    now = replace(question, period=Period(EVER, today), basis=Basis.RECEIVED)
    found = tally(
        now, actor, CaseFact.responsible_id, CaseFact.received_on, answer_outcome(),
        open_only=True,
    )  # fmt: skip
    counts: dict[int | None, Counter[str]] = defaultdict(Counter)
    ages: Counter[int | None] = Counter()
    for (person, received, outcome), count in found.items():
        counts[person]["open"] += count
        counts[person][outcome] += count
        ages[person] += count * (today - received).days
    rows = tuple(
        _row(name, person, counts[person], ages[person]) for person, name in _named(set(counts))
    )
    chart = Chart(ChartKind.STACKED, (RUNNING, OVERDUE))
    table = Table(NAME, _("Handläggare"), _COLUMNS, rows, chart)
    total = sum(counter["open"] for counter in counts.values())
    return Report("belastning", NAME, total, (table,), definitions("cases", "secret", "workload"))


_COLUMNS = (
    Column("open", _("Öppna")),
    Column(RUNNING, _("Inom tiden")),
    Column(OVERDUE, _("Förfallna")),
    Column("age", _("Ålder i medel, dagar"), Kind.DAYS),
)


def _named(people: set[int | None]) -> list[tuple[int | None, str]]:
    """(id, name) in the order of names; last those that nobody has."""
    ids = [person for person in people if person is not None]
    query = select(User.id, User.name).where(User.id.in_(ids)).order_by(User.name)
    rows = db.session.execute(query)
    found: list[tuple[int | None, str]] = [(row.id, row.name) for row in rows]
    return [*found, (None, NOBODY)] if None in people else found


def _row(name: str, person: int | None, found: Counter[str], age: int) -> Row:
    whose = (("responsible", str(person or 0)), ("period", "all"), ("state", "open"))
    cells = (
        number(found["open"], *whose),
        number(found[RUNNING], *whose, ("outcome", RUNNING)),
        number(found[OVERDUE], *whose, ("outcome", OVERDUE)),
        Cell(share(age, found["open"])),
    )
    return Row(name, cells, key=str(person or 0))
