"""Charts of tables: where everything stands. The template macros/chart.html draws it.

All numbers are in units of the drawing, which is WIDTH wide. A chart shows nothing that the table
beside it does not say.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import accumulate

from domain.statistics.table import ChartKind, Kind, Row, Table
from domain.statistics.words import text_of_value

WIDTH = 720
LEFT, RIGHT, TOP = 210, 60, 8
BAR, GAP = 20, 10
LINES_HEIGHT, LINES_LEFT, FOOT = 220, 50, 34
MOST_ROWS = 60
LONGEST = 30
COLOURS = 6
"""Series beyond the sixth are not drawn apart: the table has them."""


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


def drawing(table: Table) -> Drawing | None:
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
        return _lines(rows, numbers, legend)
    return _bars(rows, numbers, legend if len(legend) > 1 else ())


def _indexes(table: Table) -> list[int]:
    keys = [column.key for column in table.columns]
    return [keys.index(key) for key in table.chart.columns if key in keys] if table.chart else []


def _number(row: Row, index: int) -> float:
    """What cannot be drawn, such as "<5", is drawn as nothing."""
    value = row.cells[index].value
    return float(value) if isinstance(value, int | float) else 0.0


def _bars(rows: list[Row], numbers: list[list[float]], legend: tuple[str, ...]) -> Drawing:
    """One bar a row, its series one after the other."""
    most = max(sum(line) for line in numbers)
    scale = (WIDTH - LEFT - RIGHT) / (most or 1)
    marks, labels, values = [], [], []
    for place, (row, line) in enumerate(zip(rows, numbers, strict=True)):
        top = TOP + place * (BAR + GAP)
        starts = [0.0, *accumulate(line)]
        for series, number in enumerate(line):
            if number:
                x, width = LEFT + starts[series] * scale, number * scale
                marks.append(_mark(x, top, width, series, row, number, legend))
        indent = "\N{NO-BREAK SPACE}" * (2 * row.depth)
        labels.append(_label(LEFT - 10, top + BAR / 2, indent + str(row.label)))
        text = text_of_value(sum(line), Kind.COUNT)
        values.append(Label(_r(LEFT + sum(line) * scale + 6), top + BAR / 2, text))
    height = TOP + len(rows) * (BAR + GAP)
    return Drawing(
        "bars", WIDTH, height, tuple(marks), tuple(labels), tuple(values), (), (), legend, LEFT
    )


def _mark(
    x: float, y: float, width: float, series: int, row: Row, number: float, legend: tuple[str, ...]
) -> Mark:
    name = f"{row.label}, {legend[series]}" if legend else str(row.label)
    text = f"{name}: {text_of_value(number, Kind.COUNT)}"
    return Mark(_r(x), _r(y), _r(width), BAR, series, text)


def _lines(rows: list[Row], numbers: list[list[float]], legend: tuple[str, ...]) -> Drawing:
    """One line a series over the rows from left to right."""
    most = nice_top(max(max(line) for line in numbers))
    step = (WIDTH - LINES_LEFT - 20) / (len(rows) - 1)
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
    every = math.ceil(len(rows) / 12)
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
        "lines", WIDTH, bottom + FOOT, tuple(marks), tuple(labels), (), tuple(ticks),
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


def _label(x: float, y: float, text: str) -> Label:
    if len(text) <= LONGEST:
        return Label(x, y, text)
    return Label(x, y, text[: LONGEST - 1].rstrip() + "…", text.strip())


def _r(number: float) -> float:
    return round(number, 1)
