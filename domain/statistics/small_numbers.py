"""The rule of small numbers: what is published must not point out single persons (§4.2).

0 to 4, and now and then 5, become "<5". All other counts are rounded up or down to a five by a draw
that only the installation can repeat; shares, changes and times are left out. So a sum S with its
printed parts never says which of 1 to 4 a part is: S leaves nine values of the true sum open, and
a part may be 0 or 5 as well, so that each bound a reader can find meets one of those two.
The draw is the same for the same number in the same place: asking again tells nothing more.
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

Draw = Callable[..., int]


def without_small_numbers(report: Report, secret: str) -> Report:
    """The report with no count that tells of fewer than five cases, and lists of cases withheld.

    `secret` is the installation's key: with it the draws could be worked out.
    """

    def draw(*place: object) -> int:
        """0 to 4, the same for the same number in the same place."""
        text = "\n".join(map(str, (report.key, *place)))
        return hmac.digest(secret.encode(), text.encode(), "sha256")[0] % LEAST

    tables = tuple(_table(table, draw) for table in report.tables)
    told = (*report.definitions, *definitions("small"))
    count = printed(report.case_count, draw("all", report.case_count))
    total = 0 if isinstance(count, str) else count
    return replace(report, tables=tables, case_count=total, definitions=told)


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
        place = (table.title, row.key or row.label)
        cells = tuple(_cell(cell, column, draw, place) for cell, column in pairs)
        rows.append(replace(row, cells=cells))
    return replace(table, rows=tuple(rows), notes=())


def _cell(cell: Cell, column: Column, draw: Draw, place: tuple[str, str]) -> Cell:
    kind = cell.kind or column.kind
    if column.adds_up:
        return Cell(None, None, kind)
    if kind is Kind.COUNT and isinstance(cell.value, int):
        return Cell(printed(cell.value, draw(*place, column.key, cell.value)), None, kind)
    if kind in (Kind.SHARE, Kind.CHANGE, Kind.DAYS):
        return Cell(None, None, kind)
    return cell
