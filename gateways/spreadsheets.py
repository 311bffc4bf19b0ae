"""Tables as CSV and XLSX files, row by row: many rows take no more memory than ten."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import IO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from domain.formula_safe import formula_safe

Value = str | int | float | date | None
BOM = "\ufeff"
SHARE_FORMAT = "0.0 %"
AT_ONCE = 500
"""Rows in a piece of a CSV file."""

_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "remove_timezone": True,
}
LONGEST_CELL = 32_767
"""Signs in a cell, as Excel has it."""


@dataclass(frozen=True)
class Sheet:
    """One sheet: `heads` stay in view, `rows` may be a generator. `formats` are Excel's, by place
    of the column, such as SHARE_FORMAT.
    """

    name: str
    heads: Sequence[str]
    rows: Iterable[Sequence[Value]]
    formats: Sequence[str] = ()
    widths: Sequence[int] = ()


def csv_pieces(heads: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterator[bytes]:
    """A CSV file in pieces: semicolons, CRLF, UTF-8 with a byte order mark, every text quoted."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    out.write(BOM)
    writer.writerow([_csv_value(head) for head in heads])
    for number, row in enumerate(rows, 1):
        writer.writerow([_csv_value(value) for value in row])
        if number % AT_ONCE == 0:
            yield _emptied(out)
    yield _emptied(out)


def _emptied(out: io.StringIO) -> bytes:
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text.encode("utf-8", "replace")


def _csv_value(value: Value) -> str | int:
    """Decimals with a comma, as Swedish spreadsheets read them."""
    if value is None:
        return ""
    if isinstance(value, bool | int):
        return int(value)
    if isinstance(value, float):
        return f"{value:.4f}".rstrip("0").rstrip(".").replace(".", ",")
    return value.isoformat() if isinstance(value, date) else formula_safe(value)


def write_xlsx(file: IO[bytes], sheets: Iterable[Sheet]) -> None:
    """Write a workbook. Rows go to disk as they come."""
    with xlsxwriter.Workbook(file, _OPTIONS) as book:
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        for sheet in sheets:
            page = book.add_worksheet(_sheet_name(sheet.name))
            formats = [book.add_format({"num_format": f}) if f else None for f in sheet.formats]
            _write_sheet(page, sheet, head, day, formats)


def _write_sheet(
    page: Worksheet, sheet: Sheet, head: Format, day: Format, formats: list[Format | None]
) -> None:
    for place, width in enumerate(sheet.widths):
        page.set_column(place, place, width)
    page.freeze_panes(1, 0)
    for place, text in enumerate(sheet.heads):
        page.write_string(0, place, _clean(text), head)
    for number, row in enumerate(sheet.rows, 1):
        for place, value in enumerate(row):
            form = formats[place] if place < len(formats) else None
            _write_cell(page, number, place, value, day if isinstance(value, date) else form)


def _write_cell(page: Worksheet, row: int, place: int, value: Value, form: Format | None) -> None:
    if value is None:
        return
    if isinstance(value, date):
        page.write_datetime(row, place, value, form)
    elif isinstance(value, str):
        page.write_string(row, place, _clean(value))
    else:
        page.write_number(row, place, value, form)


def _clean(text: str) -> str:
    return formula_safe(text)[:LONGEST_CELL]


def _sheet_name(name: str) -> str:
    """At most 31 signs, none of []:*?/\\ and no apostrophe at the ends, as Excel has it."""
    return "".join(" " if sign in "[]:*?/\\" else sign for sign in name)[:31].strip("' ") or "Blad"
