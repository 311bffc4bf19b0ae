"""The rule of small numbers: what is published must not point out single persons (§4.2).

1 to 4 become "<5". Whatever a hidden number could be worked out from goes the same way: all other
counts are rounded to the nearest five, and shares, changes and medians of few are left out.
"""

from __future__ import annotations

from dataclasses import replace

from domain.statistics.definitions import definitions
from domain.statistics.table import Cell, Column, Kind, Report, Row, Table

FEW = "<5"
LEAST = 5


def without_small_numbers(report: Report) -> Report:
    """The report with no count that tells of fewer than five cases, and no list of late cases."""
    tables = tuple(_table(table) for table in report.tables if not table.lists_cases)
    told = (*report.definitions, *definitions("small"))
    count = rounded(report.case_count)
    return replace(report, tables=tables, case_count=count, definitions=told)


def rounded(count: int) -> int:
    """To the nearest five."""
    return 5 * ((count + 2) // 5)


def _table(table: Table) -> Table:
    """Tables without a small number are rounded too: which ones are exact would tell."""
    rows = tuple(replace(row, cells=_cells(row, table.columns)) for row in table.rows)
    return replace(table, rows=rows, notes=())


def _cells(row: Row, columns: tuple[Column, ...]) -> tuple[Cell, ...]:
    return tuple(_cell(cell, column) for cell, column in zip(row.cells, columns, strict=True))


def _cell(cell: Cell, column: Column) -> Cell:
    kind = cell.kind or column.kind
    if column.adds_up:
        return Cell(None, None, kind)
    if kind is Kind.COUNT and isinstance(cell.value, int):
        hidden = 0 < cell.value < LEAST
        return Cell(FEW if hidden else rounded(cell.value), None, kind)
    if kind in (Kind.SHARE, Kind.CHANGE, Kind.DAYS):
        return Cell(None, None, kind)
    return cell
