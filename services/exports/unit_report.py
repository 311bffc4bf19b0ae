"""Rapport för min enhet (manual H29): numbers, what people said, what was done, for a meeting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.dates import long_date
from domain.documents import Document
from domain.layout import CaseTypeLayout
from domain.permissions import Actor
from domain.statistics.charts import drawing_on_paper
from domain.statistics.definitions import DEFINITIONS
from domain.statistics.period import Basis
from domain.statistics.question import Question
from domain.statistics.table import Cell, Column, Kind, Report, Row, Table
from domain.statistics.words import text_of
from domain.text import _
from models import Case
from queries.configuration import configuration
from queries.statistics.catalogue import REPORTS, offered
from queries.statistics.unit_cases import newest_cases
from services.contact_mask import without_contact
from services.documents.case_document import environment
from services.documents.case_lists import moment

MOST_CASES = 15
NAME = _("Rapport för min enhet")
NUMBERS, SAID, DONE = _("Siffror"), _("Vad människor har sagt"), _("Vad som har gjorts")
NOT_FOR_PUBLIC = _(
    "Arbetsmaterial för enhetens möten. Även små tal visas, så rapporten ska inte publiceras."
)

SHORT = {"svarstider": ("wanted", "in-time", "share", "late", "overdue", "running", "median")}
"""Report → the columns that are shown here; the report itself has all."""

CHOSEN = ("synpunktstyp", "kategori", "atgarder", "resultat")
"""Reports whose rows are choices: those that are 0 in all columns are left out."""


@dataclass(frozen=True)
class Section:
    """A heading of the report with its tables. `reports` are answered standard reports."""

    key: str
    name: str
    reports: tuple[Report, ...]


@dataclass(frozen=True)
class UnitReport:
    """The report, and the small print of all its parts."""

    case_count: int | str
    sections: tuple[Section, ...]
    definitions: tuple[str, ...]


def unit_report(question: Question, layout: CaseTypeLayout, actor: Actor) -> UnitReport:
    """The report. What was done is counted by the day of closing, whatever the rest is."""
    question = replace(question, hides_small=False)
    done = replace(question, basis=Basis.CLOSED)
    kinds = {kind.key for kind in offered(layout, actor)}

    def answers(asked: Question, *keys: str) -> list[Report]:
        return [_short(REPORTS[key].build(asked, actor)) for key in keys if key in kinds]

    numbers = answers(question, "oversikt", "svarstider")
    said = [*answers(question, "synpunktstyp", "kategori"), _said(question, layout, actor)]
    measures = [*answers(done, "atgarder", "resultat"), _done(done, layout, actor)]
    sections = (
        Section("siffror", NUMBERS, tuple(numbers)),
        Section("sagt", SAID, tuple(said)),
        Section("gjort", DONE, tuple(measures)),
    )
    used = {s for section in sections for report in section.reports for s in report.definitions}
    small_print = tuple(s for s in DEFINITIONS.values() if s in used)
    return UnitReport(numbers[0].case_count, sections, small_print)


def _short(report: Report) -> Report:
    """The report with what a meeting reads: few columns, and no choice that nobody chose."""
    tables = tuple(_short_table(table, report.key) for table in report.tables)
    return replace(report, tables=tables)


def _short_table(table: Table, key: str) -> Table:
    wanted = SHORT.get(key, ())
    places = [i for i, column in enumerate(table.columns) if column.key in wanted]
    if len(places) == len(wanted) and wanted:
        cut = [replace(row, cells=tuple(row.cells[i] for i in places)) for row in table.rows]
        table = replace(table, columns=tuple(table.columns[i] for i in places), rows=tuple(cut))
    if key in CHOSEN:
        rows = tuple(row for row in table.rows if any(cell.value for cell in row.cells))
        table = replace(table, rows=rows)
    return table


def _said(question: Question, layout: CaseTypeLayout, actor: Actor) -> Report:
    """The newest cases by their titles, without the submitter's contact data."""
    cases = newest_cases(question, actor, MOST_CASES)
    columns = (
        Column("day", _("Inkom"), Kind.DATE),
        Column("title", _("Rubrik"), Kind.TEXT),
        Column("types", _("Typ"), Kind.TEXT),
        Column("status", _("Status"), Kind.TEXT),
    )
    rows = tuple(
        _row(
            case, case.received_on, _labels(case, "types", layout), layout.label_of(case.status_id)
        )
        for case in cases
    )
    return _list("sagt", _("De senaste synpunkterna"), columns, rows)


def _done(question: Question, layout: CaseTypeLayout, actor: Actor) -> Report:
    cases = newest_cases(question, actor, MOST_CASES)
    columns = (
        Column("day", _("Avslutat"), Kind.DATE),
        Column("title", _("Rubrik"), Kind.TEXT),
        Column("measures", _("Åtgärd"), Kind.TEXT),
        Column("result", _("Resultat"), Kind.TEXT),
    )
    rows = tuple(
        _row(
            case, case.closed_on, _labels(case, "measures", layout), layout.label_of(case.result_id)
        )
        for case in cases
    )
    return _list("gjort", _("De senast avslutade"), columns, rows)


def _row(case: Case, day: object, *words: str) -> Row:
    title = without_contact(case)(case.title)
    values = [day, title, *(word or None for word in words)]
    cells = tuple(Cell(value) for value in values)  # type: ignore[arg-type]
    return Row(str(case.id), cells, key=str(case.id))


def _list(key: str, name: str, columns: tuple[Column, ...], rows: tuple[Row, ...]) -> Report:
    note = _("Högst %(number)d visas. Sekretessmarkerade ärenden är inte med.")
    table = Table(name, _("Ärende-ID"), columns, rows, notes=(note % {"number": MOST_CASES},))
    return Report(key, name, len(rows), (table,))


def _labels(case: Case, field: str, layout: CaseTypeLayout) -> str:
    return ", ".join(layout.label_of(choice) for choice in case.choice_ids(field))


def unit_document(
    report: UnitReport, selection: Sequence[tuple[str, str]], actor: Actor, at: datetime
) -> Document:
    """The report on paper, laid out as letters are (tagged PDF, Word)."""
    facts = [*selection, (_("Antal ärenden"), str(report.case_count))]
    body = (
        environment()
        .get_template("unit_report.html")
        .render(
            report=report,
            facts=facts,
            text_of=text_of,
            drawing=drawing_on_paper,
            note=NOT_FOR_PUBLIC,
            made_at=moment(at),
            made_by=actor.name,
        )
    )
    return Document(
        title=NAME,
        body=body,
        is_ours=True,
        date=long_date(at),
        settings=configuration().letters,
        municipality=configuration().municipality["name"],
    )
