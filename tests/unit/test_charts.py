"""Charts of tables: everything stands inside the drawing, and says what the table says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.statistics.charts import (
    MOST_ROWS,
    NARROW,
    WIDE,
    Drawing,
    Size,
    drawing,
    drawing_on_paper,
    nice_top,
)
from domain.statistics.small_numbers import FEW
from domain.statistics.table import Cell, Chart, ChartKind, Column, Row, Table

COLUMNS = (Column("a", "Klagomål"), Column("b", "Beröm"), Column("before", "Året före"))
SIZES = pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])


def table(*rows: Row, kind: ChartKind = ChartKind.STACKED, keys: tuple[str, ...] = ("a", "b")):
    return Table("Prov", "Enhet", COLUMNS, rows, Chart(kind, keys))


def row(label: str, *values: int | str, **more: object) -> Row:
    return Row(label, tuple(Cell(value) for value in values), **more)  # type: ignore[arg-type]


def drawn(made: Table, size: Size = WIDE) -> Drawing:
    found = drawing(made, size)
    assert found is not None
    return found


@SIZES
def test_bars_are_as_long_as_their_numbers_and_stay_inside(size: Size):
    rows = [row(f"Enhet {n}", n, 2 * n, 0, depth=n % 4) for n in range(1, 80)]
    made = drawn(table(*rows), size)
    assert len(made.labels) == MOST_ROWS
    widths = {(m.y, m.series): m.width for m in made.marks}
    for (y, series), width in widths.items():
        if series == 0:
            assert widths[(y, 1)] == pytest.approx(2 * width, abs=0.2)
    assert all(m.x >= 0 and m.x + m.width <= size.width for m in made.marks)
    assert all(m.y + m.height <= made.height for m in made.marks)
    assert max(label.y for label in made.labels) < made.height


def test_on_paper_a_deep_tree_is_drawn_with_its_upper_units_and_a_long_list_not_at_all():
    tree = [row(f"Enhet {n}", 1, 0, 0, depth=0 if n % 4 == 0 else 1) for n in range(80)]
    made = drawing_on_paper(table(*tree))
    assert made is not None
    assert [label.text for label in made.labels] == [f"Enhet {n}" for n in range(0, 80, 4)]
    assert drawing_on_paper(table(*tree[:30])) == drawing(table(*tree[:30]))
    assert drawing_on_paper(table(*[row(f"Sak {n}", 1, 0, 0) for n in range(31)])) is None


def test_sums_are_not_drawn_and_names_are_set_in_by_their_place():
    made = drawn(table(row("Kontor", 1, 1, 0), row("Enhet", 1, 0, 0, depth=2),
                       row("Summa", 2, 1, 0, is_sum=True)))  # fmt: skip
    assert [label.text for label in made.labels] == ["Kontor", "Enhet"]
    assert made.labels[0].x < made.labels[1].x
    assert [value.text for value in made.values] == ["2", "1"]
    assert [mark.text for mark in made.marks][:2] == ["Kontor, Klagomål: 1", "Kontor, Beröm: 1"]


def test_a_hidden_number_is_never_drawn_as_none():
    one = drawn(table(row("A", FEW, 0, 0), row("B", 10, 0, 0), kind=ChartKind.BARS, keys=("a",)))
    assert [value.text for value in one.values] == [FEW, "10"]
    stacked = drawn(table(row("A", FEW, 5, 0), row("B", 10, 5, 0)))
    assert [value.text for value in stacked.values] == ["", "15"]


@SIZES
def test_a_long_name_is_shortened_and_kept_whole_beside(size: Size):
    name = "Vård- och omsorgsboende för äldre i norra kommundelen"
    (label,) = drawn(table(row(name, 1, 1, 0)), size).labels
    assert len(label.text) <= size.letters
    assert label.text.endswith("…")
    assert label.full == name


@SIZES
def test_lines_have_a_scale_of_whole_numbers(size: Size):
    months = [
        row(f"{name} 2026", n, 13 - n, 0) for n, name in enumerate(("januari", "maj", "juni"))
    ]
    made = drawn(table(*months, kind=ChartKind.LINES), size)
    assert [label.text for label in made.labels] == ["jan", "maj", "jun"]
    assert [tick.text for tick in made.ticks] == ["0", "5", "10", "15", "20"]
    assert all(0 <= m.x <= size.width and 0 <= m.y <= made.height for m in made.marks)
    assert len(made.lines) == 2


@pytest.mark.parametrize(
    ("most", "top"), [(0, 4), (4, 4), (5, 8), (9, 20), (21, 40), (81, 200), (500_000, 800_000)]
)
def test_the_axis_ends_at_a_number_whose_quarters_are_whole(most: int, top: int):
    assert nice_top(most) == top


def test_nothing_to_draw_is_no_chart():
    assert drawing(table(row("A", 0, 0, 0))) is None
    assert drawing(table()) is None
    assert drawing(replace(table(row("A", 1, 0, 0)), chart=None)) is None
