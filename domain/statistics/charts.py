"""Charts of tables: where everything stands. The template macros/chart.html draws it.

All numbers are in units of the drawing, which is as wide as its Size. A chart shows nothing that
the table beside it does not say.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import accumulate

from domain.statistics.table import ChartKind, Kind, Row, Table
from domain.statistics.words import text_of_value

TOP = 8
LINES_HEIGHT, LINES_LEFT, FOOT = 220, 50, 34
MOST_ROWS, MOST_ON_PAPER = 60, 30
LONGEST = 34
INDENT, DEEPEST = 14, 6
COLOURS = 6
"""Series beyond the sixth are not drawn apart: the table has them."""


@dataclass(frozen=True)
class Size:
    """How a chart is laid out. `above`: names stand above their bars, not before them."""

    width: int
    left: int
    right: int
    bar: int
    gap: int
    above: int = 0
    most_labels: int = 12
    letters: int = LONGEST


WIDE = Size(720, left=250, right=60, bar=20, gap=10)
NARROW = Size(340, left=0, right=44, bar=16, gap=10, above=18, most_labels=6, letters=44)
"""For a window of 375 px, where the text of the other would be too small to read."""


@dataclass(frozen=True)
class Mark:
    """A bar, a part of one, or a point of a line. `series` counts from 0."""

    x: float
    y: float
    width: float
    height: float
    series: int
    text: str


@dataclass(frozen=True)
class Label:
    """A text. `full` when the drawn one is shortened."""

    x: float
    y: float
    text: str
    full: str = ""


@dataclass(frozen=True)
class Line:
    """A line of the chart through its points, "x,y x,y …"."""

    series: int
    points: str


@dataclass(frozen=True)
class Drawing:
    """A chart, ready to be drawn."""

    kind: str
    width: int
    height: float
    marks: tuple[Mark, ...]
    labels: tuple[Label, ...]
    values: tuple[Label, ...]
    ticks: tuple[Label, ...]
    lines: tuple[Line, ...]
    legend: tuple[str, ...]
    baseline: float = 0


def drawing(table: Table, size: Size = WIDE) -> Drawing | None:
    """The chart of a table. None when there is nothing to draw."""
    if table.chart is None:
        return None
    rows = [row for row in table.rows if not row.is_sum][:MOST_ROWS]
    indexes = _indexes(table)[:COLOURS]
    numbers = [[_number(row, i) for i in indexes] for row in rows]
    if not any(any(line) for line in numbers):
        return None
    legend = tuple(str(table.columns[i].label) for i in indexes)
    if table.chart.kind is ChartKind.LINES and len(rows) > 1:
        return _lines(rows, numbers, legend, size)
    return _bars(_Bars(table, indexes, legend if len(legend) > 1 else (), size), rows, numbers)


def drawing_on_paper(table: Table) -> Drawing | None:
    """The chart, short enough for a page: of a deep tree only the upper units, whose sums hold
    the rest. None where a table has too many rows for that.
    """
    rows = [row for row in table.rows if not row.is_sum]
    for deepest in sorted({row.depth for row in rows}, reverse=True):
        shown = tuple(row for row in rows if row.depth <= deepest)
        if len(shown) <= MOST_ON_PAPER:
            return drawing(replace(table, rows=shown))
    return None


def _indexes(table: Table) -> list[int]:
    keys = [column.key for column in table.columns]
    return [keys.index(key) for key in table.chart.columns if key in keys] if table.chart else []


def _number(row: Row, index: int) -> float:
    """What cannot be drawn, such as "<5", is drawn as nothing."""
    value = row.cells[index].value
    return float(value) if isinstance(value, int | float) else 0.0


@dataclass(frozen=True)
class _Bars:
    """What all bars of a chart share."""

    table: Table
    indexes: list[int]
    legend: tuple[str, ...]
    size: Size

    def kind(self, row: Row, series: int) -> Kind:
        index = self.indexes[series]
        return row.cells[index].kind or self.table.columns[index].kind


def _bars(chart: _Bars, rows: list[Row], numbers: list[list[float]]) -> Drawing:
    """One bar a row, its series one after the other."""
    size = chart.size
    scale = (size.width - size.left - size.right) / (max(sum(line) for line in numbers) or 1)
    step = size.above + size.bar + size.gap
    marks, labels, values = [], [], []
    for place, (row, line) in enumerate(zip(rows, numbers, strict=True)):
        top = TOP + place * step + size.above
        starts = [0.0, *accumulate(line)]
        for series, number in enumerate(line):
            if number:
                x, width = size.left + starts[series] * scale, number * scale
                text = _said(chart, row, series, number)
                marks.append(Mark(_r(x), _r(top), _r(width), size.bar, series, text))
        middle = top - size.above / 2 if size.above else top + size.bar / 2
        labels.append(_label(row, middle, size))
        end = _r(size.left + sum(line) * scale + 6)
        values.append(Label(end, top + size.bar / 2, _total(chart, row, line)))
    return Drawing(
        "bars", size.width, TOP + len(rows) * step, tuple(marks), tuple(labels), tuple(values),
        (), (), chart.legend, size.left,
    )  # fmt: skip


def _said(chart: _Bars, row: Row, series: int, number: float) -> str:
    name = f"{row.label}, {chart.legend[series]}" if chart.legend else str(row.label)
    return f"{name}: {text_of_value(number, chart.kind(row, series))}"


def _lines(
    rows: list[Row], numbers: list[list[float]], legend: tuple[str, ...], size: Size
) -> Drawing:
    """One line a series over the rows from left to right."""
    most = nice_top(max(max(line) for line in numbers))
    step = (size.width - LINES_LEFT - 20) / (len(rows) - 1)
    bottom = TOP + LINES_HEIGHT

    def at(place: int, number: float) -> tuple[float, float]:
        return _r(LINES_LEFT + place * step), _r(bottom - number / most * LINES_HEIGHT)

    lines, marks = [], []
    for series in range(len(legend)):
        points = [at(place, line[series]) for place, line in enumerate(numbers)]
        lines.append(Line(series, " ".join(f"{x},{y}" for x, y in points)))
        for (x, y), row, line in zip(points, rows, numbers, strict=True):
            text = f"{row.label}, {legend[series]}: {text_of_value(line[series], Kind.COUNT)}"
            marks.append(Mark(x, y, 0, 0, series, text))
    every = math.ceil(len(rows) / size.most_labels)
    labels = [
        Label(at(place, 0)[0], bottom + 20, short_label(str(row.label)), str(row.label))
        for place, row in enumerate(rows)
        if place % every == 0
    ]
    ticks = [
        Label(LINES_LEFT - 8, at(0, most * part / 4)[1], text_of_value(most * part / 4, Kind.DAYS))
        for part in range(5)
    ]
    return Drawing(
        "lines", size.width, bottom + FOOT, tuple(marks), tuple(labels), (), tuple(ticks),
        tuple(lines), legend, bottom,
    )  # fmt: skip


def nice_top(most: float) -> float:
    """The end of the axis: 4, 8, 20, 40, 80, 200 … so that its quarters are whole numbers."""
    top = 4.0
    for factor in [2, 2.5, 2] * 20:
        if most <= top:
            break
        top *= factor
    return top


def short_label(label: str) -> str:
    """ "november 2026" → "nov"; years and what has no second word stay."""
    first, _space, rest = label.partition(" ")
    return first[:3] if rest.isdigit() else label[:8]


def _total(chart: _Bars, row: Row, line: list[float]) -> str:
    """The number at the end of a bar: what the table says, also where that is "<5"."""
    hidden = [value for i in chart.indexes if isinstance(value := row.cells[i].value, str)]
    if hidden:
        return hidden[0] if len(line) == 1 else ""
    return text_of_value(sum(line), chart.kind(row, 0))


def _label(row: Row, y: float, size: Size) -> Label:
    """The name of a bar, set in by its place in the tree; shortened where it finds no room."""
    text, depth = str(row.label), min(row.depth, DEEPEST)
    room = size.letters - 2 * depth
    shown = text if len(text) <= room else text[: room - 1].rstrip() + "…"
    return Label(INDENT * depth, y, shown, "" if shown == text else text)


def _r(number: float) -> float:
    return round(number, 1)
