"""R17 Ärendelista med svar: the appendix for the board. Never contact data, never the original."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, lazyload

from domain.layout import CaseTypeLayout
from domain.permissions import Actor
from domain.richtext import html_to_text
from domain.statistics.definitions import definitions
from domain.statistics.question import Question
from domain.statistics.table import Cell, Column, Kind, Report, Row, Table
from domain.text import _
from extensions import db
from models import Case, CaseFact, Publication
from queries.cases import visible_cases
from queries.configuration import configuration
from queries.statistics.scope import counted

NAME = _("Ärendelista med svar")
MOST = 2_000
MASKED = _("Sekretessmarkerat ärende")
NO_TEXT = _("Ingen publiceringstext")


def case_appendix(question: Question, actor: Actor) -> Report:
    """A row a case, oldest first, with the texts that were prepared for publication."""
    query = (
        select(Case)
        .join(CaseFact, CaseFact.case_id == Case.id)
        .where(counted(question, actor), visible_cases(actor))
        .options(joinedload(Case.unit), lazyload(Case.participants))
        .order_by(Case.received_on, Case.id)
        .limit(MOST)
    )
    cases = list(db.session.scalars(query))
    texts = _texts([case.id for case in cases])
    layout = configuration().case_type(question.case_type_id)
    rows = tuple(_row(case, layout, texts.get(case.id)) for case in cases) if layout else ()
    note = _("Listan visar högst %(number)d ärenden, de som du får läsa.") % {"number": MOST}
    table = Table(NAME, _("Ärende-ID"), _COLUMNS, rows, notes=(note,), lists_cases=True)
    small_print = definitions("period", "cases", "secret")
    return Report("arendelista", NAME, len(rows), (table,), small_print)


_COLUMNS = (
    Column("received", _("Inkom"), Kind.DATE),
    Column("unit", _("Enhet"), Kind.TEXT),
    Column("types", _("Typ"), Kind.TEXT),
    Column("categories", _("Kategori"), Kind.TEXT),
    Column("text", _("Publiceringstext"), Kind.TEXT),
    Column("answer", _("Svar"), Kind.TEXT),
    Column("measures", _("Åtgärd"), Kind.TEXT),
)


def _texts(ids: Sequence[int]) -> dict[int, Publication]:
    """The prepared texts by case. One that was taken back is no longer fit to be shown."""
    query = select(Publication).where(
        Publication.case_id.in_(ids), Publication.state.in_(("checked", "approved", "published"))
    )
    return {row.case_id: row for row in db.session.scalars(query)}


def _row(case: Case, layout: CaseTypeLayout, text: Publication | None) -> Row:
    def labels(field: str) -> Cell:
        return Cell(", ".join(layout.label_of(c) for c in case.choice_ids(field)) or None)

    hidden = case.is_secret
    cells = (
        Cell(case.received_on),
        Cell(case.unit.name if case.unit else None),
        labels("types"),
        labels("categories"),
        Cell(MASKED if hidden else text.question if text else NO_TEXT),
        Cell(None if hidden or not text else html_to_text(text.answer) or None),
        Cell(None) if hidden else labels("measures"),
    )
    return Row(str(case.id), cells, key=str(case.id))
