"""Values of reports as Swedish text."""

from __future__ import annotations

from datetime import date

from domain.dates import short_date
from domain.statistics.table import Cell, Column, Kind, Value

NOTHING = "–"
MINUS = "\N{MINUS SIGN}"
SPACE = "\N{NO-BREAK SPACE}"


def text_of(cell: Cell, column: Column) -> str:
    """The value of a cell as it is printed."""
    return text_of_value(cell.value, cell.kind or column.kind)


def text_of_value(value: Value, kind: Kind) -> str:
    """A value of a kind, for example 0.375 as a share: "37,5 %"."""
    if value is None:
        return NOTHING
    if isinstance(value, date):
        return short_date(value)
    if isinstance(value, str):
        return value
    if kind is Kind.SHARE:
        return f"{decimal(value * 100)}{SPACE}%"
    if kind is Kind.CHANGE:
        return f"{'+' if value > 0 else ''}{whole(round(value * 100))}{SPACE}%"
    if kind is Kind.DAYS:
        return decimal(value)
    return whole(round(value))


def decimal(value: float) -> str:
    """One decimal at most, with a comma: 4 → "4", 4.25 → "4,2"."""
    text = f"{value:.1f}".removesuffix(".0")
    return text.replace(".", ",").replace("-", MINUS)


def whole(value: int) -> str:
    """Thousands parted by a space that does not break."""
    return f"{value:,}".replace(",", SPACE).replace("-", MINUS)
