"""The rule of small numbers: what is published must not point out single persons (§4.2).

0 to 4, and now and then 5, become "<5". All other counts are rounded up or down to a five by a draw
that only the installation can repeat; shares, changes and times are left out. So a sum S with its
printed parts never says which of 1 to 4 a part is: S leaves nine values of the true sum open, and
a part may be 0 or 5 as well, so that each bound a reader can find meets one of those two.
A number is drawn for once and for all: the same count in another report, under another choice or
tomorrow is printed alike, so that asking again tells nothing more.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import replace

from domain.statistics.definitions import definitions
from domain.statistics.table import Cell, Column, Kind, Report, Table
from domain.text import _

FEW = "<5"
LEAST = 5
NO_LIST = _(
    "Listan visas inte när små tal döljs: varje rad är ett enda ärende, och det kan peka ut en "
    "enskild person. Den som får läsa ärendena hittar dem under Ärenden."
)

Draw = Callable[[int], int]


def without_small_numbers(report: Report, secret: str) -> Report:
    """The report with no count that tells of fewer than five cases, and lists of cases withheld.

    `secret` is the installation's key: with it the draws could be worked out.
    """

    def draw(count: int) -> int:
        """0 to 4, always the same for the same number."""
        return int.from_bytes(hmac.digest(secret.encode(), b"%d" % count, "sha256")) % LEAST

    tables = tuple(_table(table, draw) for table in report.tables)
    told = (*report.definitions, *definitions("small"))
    total = _hidden(report.case_count, draw)
    return replace(report, tables=tables, case_count=total, definitions=told)


def _hidden(count: int | str, draw: Draw) -> int | str:
    return printed(count, draw(count)) if isinstance(count, int) else count


def printed(count: int, drawn: int) -> int | str:
    """FEW, or a five next to `count`: above it the oftener the nearer, by `drawn` (0 to 4)."""
    if count < LEAST or (count == LEAST and drawn < 2):
        return FEW
    rest = count % LEAST
    return count - rest + (LEAST if drawn < rest else 0)


def _table(table: Table, draw: Draw) -> Table:
    """Tables without a small number are rounded too: which ones are exact would tell."""
    if table.lists_cases:
        return replace(table, rows=(), notes=(), withheld=NO_LIST)
    rows = []
    for row in table.rows:
        pairs = zip(row.cells, table.columns, strict=True)
        cells = tuple(_cell(cell, column, draw) for cell, column in pairs)
        rows.append(replace(row, cells=cells))
    return replace(table, rows=tuple(rows), notes=())


def _cell(cell: Cell, column: Column, draw: Draw) -> Cell:
    kind = cell.kind or column.kind
    if column.adds_up:
        return Cell(None, None, kind)
    if kind is Kind.COUNT and isinstance(cell.value, int):
        return Cell(_hidden(cell.value, draw), None, kind)
    if kind in (Kind.SHARE, Kind.CHANGE, Kind.DAYS):
        return Cell(None, None, kind)
    return cell
