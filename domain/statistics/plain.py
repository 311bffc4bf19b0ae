"""Reports as JSON and back, for reports that are kept: their numbers never change again."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.statistics.table import (
    Cell,
    Chart,
    ChartKind,
    Column,
    Kind,
    Report,
    Row,
    Table,
    Value,
)

Plain = dict[str, Any]


def to_plain(report: Report) -> Plain:
    """The report without the cases behind its numbers: those go on changing."""
    return {
        "key": report.key,
        "name": report.name,
        "case_count": report.case_count,
        "definitions": list(report.definitions),
        "tables": [_table_to(table) for table in report.tables],
    }


def from_plain(plain: Plain) -> Report:
    """The report again."""
    return Report(
        key=plain["key"],
        name=plain["name"],
        case_count=plain["case_count"],
        tables=tuple(_table_from(table) for table in plain["tables"]),
        definitions=tuple(plain["definitions"]),
    )


def _table_to(table: Table) -> Plain:
    chart = table.chart
    return {
        "title": table.title,
        "row_heading": table.row_heading,
        "columns": [[c.key, c.label, c.kind.value] for c in table.columns],
        "rows": [
            [row.label, row.depth, row.is_sum, row.key, [_cell_to(cell) for cell in row.cells]]
            for row in table.rows
        ],
        "chart": [chart.kind.value, list(chart.columns)] if chart else None,
        "notes": list(table.notes),
        "withheld": table.withheld,
    }


def _cell_to(cell: Cell) -> list[Any]:
    kind = cell.kind.value if cell.kind else None
    if isinstance(cell.value, date):
        return [cell.value.isoformat(), Kind.DATE.value]
    return [cell.value, kind]


def _table_from(plain: Plain) -> Table:
    chart = plain["chart"]
    return Table(
        title=plain["title"],
        row_heading=plain["row_heading"],
        columns=tuple(Column(key, label, Kind(kind)) for key, label, kind in plain["columns"]),
        rows=tuple(
            Row(label, tuple(_cell_from(*cell) for cell in cells), depth, is_sum, key)
            for label, depth, is_sum, key, cells in plain["rows"]
        ),
        chart=Chart(ChartKind(chart[0]), tuple(chart[1])) if chart else None,
        notes=tuple(plain["notes"]),
        withheld=plain.get("withheld", ""),
    )


def _cell_from(value: Value, kind: str | None) -> Cell:
    if kind == Kind.DATE.value and isinstance(value, str):
        return Cell(date.fromisoformat(value), None, Kind.DATE)
    return Cell(value, None, Kind(kind) if kind else None)
