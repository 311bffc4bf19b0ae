"""A report as data: tables of cells, the chart of a table, and the small print below them.

Pages, SVG charts, PDF, Word, CSV and XLSX are all made of this, so that they say the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

Slice = tuple[tuple[str, str], ...]
"""Which cases stand behind a number: (key, value) pairs that queries/statistics/slices.py knows,
added to the question of the report."""

Value = int | float | str | date | None
"""None prints as "–": there is nothing to count, or too little to say."""


class Kind(StrEnum):
    """How the values of a column are written."""

    TEXT = "text"
    COUNT = "count"
    """A number of cases or ticks: whole, and subject to the rule of small numbers."""
    SHARE = "share"
    """0.0–1.0, printed as per cent; above 1.0 where several ticks are allowed."""
    CHANGE = "change"
    """(this − last) / last, printed with its sign as per cent."""
    DAYS = "days"
    """Working days, one decimal."""
    DATE = "date"


class ChartKind(StrEnum):
    """How a table is drawn."""

    BARS = "bars"
    STACKED = "stacked"
    LINES = "lines"


@dataclass(frozen=True)
class Column:
    """A heading and how its values are written.

    `adds_up`: each row holds those above it too, so that differences of rows are numbers as well.
    """

    key: str
    label: str
    kind: Kind = Kind.COUNT
    adds_up: bool = False


@dataclass(frozen=True)
class Cell:
    """A value, and the cases behind it when it is a number of cases.

    `kind` stands for the column's where the rows of a table are of different kinds (R1).
    """

    value: Value
    slice: Slice | None = None
    kind: Kind | None = None


@dataclass(frozen=True)
class Row:
    """A line. `depth` is its place in the tree of units; `is_sum` sets it apart as a sum."""

    label: str
    cells: tuple[Cell, ...]
    depth: int = 0
    is_sum: bool = False
    key: str = ""


@dataclass(frozen=True)
class Chart:
    """Which columns are drawn, as which kind. Sums are never drawn."""

    kind: ChartKind
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """`row_heading` is the heading of the labels; `columns` are those of Row.cells, in order.

    `lists_cases`: a row is a single case, not a number of them. `withheld`: why the rows are not
    there, as a sentence to print in their place.
    """

    title: str
    row_heading: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    chart: Chart | None = None
    notes: tuple[str, ...] = ()
    lists_cases: bool = False
    withheld: str = ""


@dataclass(frozen=True)
class Report:
    """One of the standard reports (domain notes §4.3), answered."""

    key: str
    name: str
    case_count: int | str
    tables: tuple[Table, ...]
    definitions: tuple[str, ...] = ()
