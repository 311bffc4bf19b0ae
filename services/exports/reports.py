"""A report as CSV or XLSX, with its head and its definitions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import IO

from domain.statistics.table import Column, Kind, Report, Row, Table
from domain.text import _
from gateways.spreadsheets import SHARE_FORMAT, Sheet, Value, csv_pieces, write_xlsx

Head = Sequence[tuple[str, str]]
"""(what, its value): the selection, who, when."""

INDENT = "    "


def report_csv(report: Report, head: Head) -> Iterator[bytes]:
    """All tables one below the other. A file for other programs: shares are parts of one."""
    return csv_pieces([report.name], _csv_lines(report, head))


def _csv_lines(report: Report, head: Head) -> Iterator[Sequence[Value]]:
    for what, value in head:
        yield [what, value]
    for table in report.tables:
        yield []
        yield [table.title]
        yield [table.row_heading, *(column.label for column in table.columns)]
        for row in table.rows:
            yield [row.label, *(cell.value for cell in row.cells)]
        yield from ([note] for note in (*table.notes, table.withheld) if note)
    yield []
    yield from ([sentence] for sentence in report.definitions)


def report_xlsx(file: IO[bytes], report: Report, head: Head) -> None:
    """A sheet for each table, and one with the selection and the definitions."""
    sheets = [_sheet(table) for table in report.tables]
    write_xlsx(file, [*sheets, _about(report, head)])


def _sheet(table: Table) -> Sheet:
    return Sheet(
        name=table.title,
        heads=[table.row_heading, *(column.label for column in table.columns)],
        rows=iter([[table.withheld]]) if table.withheld else _rows(table.rows),
        formats=["", *(_format(column) for column in table.columns)],
        widths=[36, *(40 if column.kind is Kind.TEXT else 14 for column in table.columns)],
    )


def _rows(rows: Iterable[Row]) -> Iterator[list[Value]]:
    for row in rows:
        yield [INDENT * row.depth + row.label, *(cell.value for cell in row.cells)]


def _format(column: Column) -> str:
    if column.kind in (Kind.SHARE, Kind.CHANGE):
        return SHARE_FORMAT
    return "0.0" if column.kind is Kind.DAYS else ""


def _about(report: Report, head: Head) -> Sheet:
    rows: list[list[Value]] = [[what, value] for what, value in head]
    rows += [[None, sentence] for sentence in report.definitions]
    return Sheet(_("Definitioner"), [report.name, ""], rows, widths=[24, 110])
