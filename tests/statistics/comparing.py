"""A table of a report beside what the oracle says."""

from __future__ import annotations

from typing import Any

from domain.statistics.table import Table
from tests.statistics.expected import Line, Lines


def nothing(line: Line) -> bool:
    """Whether a row may be left out: it counts nothing, now or before."""
    return not any(value for value in line.values() if isinstance(value, int | float | str))


def compare(table: Table, expected: Lines) -> list[str]:
    """What of a table is not as expected, in words."""
    faults, shown = [], set()
    for row in table.rows:
        name = next((n for n in (row.label.strip(), row.key) if n in expected), None)
        if name is None:
            faults.append(f"{table.title}: no row {row.label!r} was expected")
            continue
        shown.add(name)
        for column, cell in zip(table.columns, row.cells, strict=True):
            want = expected[name][column.key]
            if not _same(cell.value, want):
                faults.append(f"{table.title}: {name}, {column.key}: {cell.value!r}, not {want!r}")
    missing = {name for name, line in expected.items() if not nothing(line)} - shown
    if table.row_heading == "Enhet":  # units above the first that divides only repeat it
        missing = {name for name in missing if all(expected[name] != expected[s] for s in shown)}
    return [*faults, *(f"{table.title}: {name!r} is missing" for name in missing)]


def _same(found: Any, want: Any) -> bool:
    if isinstance(found, float) or isinstance(want, float):
        return found is not None and want is not None and abs(found - want) < 1e-9
    return type(found) is type(want) and found == want
