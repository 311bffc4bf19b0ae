"""Exported files in the programs that people open them with: no formula, right letters (T40)."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from flask import Flask
from openpyxl import load_workbook

from config import ROOT
from domain.permissions import SYSTEM
from domain.statistics.period import Period
from domain.statistics.question import Question
from extensions import db
from queries.case_list import ListQuery
from queries.statistics.catalogue import REPORTS
from services.exports.cases import write_cases
from services.exports.reports import report_xlsx
from tests.support.cases import HJO, actor, layout, new_case, unit_id
from tests.support.formulas import PAYLOADS

WORDS = "Åsa Öberg, ärlighet – éèü 😀"
OFFICE = Path(os.environ.get("GENSVAR_TEST_SOFFICE") or shutil.which("soffice") or "none").resolve()
needs_office = pytest.mark.skipif(
    not (OFFICE.parent / "libsclo.so").exists(), reason="LibreOffice Calc is not installed"
)


@pytest.fixture
def case_files(app: Flask, town: object, tmp_path: Path) -> dict[str, Path]:
    """The case list with a payload in the title, the text and the contact data of each case."""
    for payload in PAYLOADS:
        case = new_case(HJO, unit=unit_id("Fritid"))
        kept = payload.replace("\0", "")  # PostgreSQL stores none
        case.title, case.text = kept, kept
        case.submitter.name, case.submitter.phone = kept, kept
    new_case(HJO, title=WORDS, submitter_phone="+46701234567", unit=unit_id("Fritid"))
    db.session.commit()
    found = {}
    for kind in ("csv", "xlsx"):
        found[kind] = tmp_path / f"lista.{kind}"
        with found[kind].open("wb") as file:
            who = actor("registrator.hjo")
            query = ListQuery(layout(HJO).id)
            assert write_cases(file, kind, query, layout(HJO), who) == len(PAYLOADS) + 1
    return found


def test_openpyxl_finds_no_formula_and_typed_values(case_files: dict[str, Path]):
    book = load_workbook(case_files["xlsx"])
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    with ZipFile(case_files["xlsx"]) as parts:
        raw = b"".join(parts.read(name) for name in parts.namelist())
    assert b"<f>" not in raw
    assert b"<hyperlink" not in raw
    page = book.worksheets[0]
    assert page.freeze_panes == "A2"
    head = {cell.value: cell.column - 1 for cell in page[1]}
    first = [cell.value for cell in page[2]]
    assert isinstance(first[0], int)
    assert first[head["Rubrik"]] == WORDS
    assert isinstance(first[head["Inkom"]], datetime)
    assert first[head["Telefon"]] == "'+46701234567"
    assert book.sheetnames[-1] == "Definitioner"


def test_no_cell_of_the_csv_begins_a_formula_and_the_letters_are_right(
    case_files: dict[str, Path],
):
    text = case_files["csv"].read_bytes().decode("utf-8-sig")
    cells = [
        cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=";") for cell in row
    ]
    assert [cell for cell in cells if cell.lstrip()[:1] in tuple("=+@-|") and cell != "-"] == []
    assert WORDS in cells
    assert "'+46701234567" in cells


@needs_office
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_libreoffice_finds_no_formula_and_the_right_letters(
    case_files: dict[str, Path], tmp_path: Path, kind: str
):
    """It opens the file and saves it as its own format, where formulas have an attribute."""
    options = {"csv": ["--infilter=Text - txt - csv (StarCalc):59,34,76,1,,0,false,true"]}
    subprocess.run(
        [
            str(OFFICE), f"-env:UserInstallation=file://{tmp_path}/office", "--headless",
            *options.get(kind, []), "--convert-to", "fods", "--outdir", str(tmp_path),
            str(case_files[kind]),
        ],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    saved = (tmp_path / "lista.fods").read_text(encoding="utf-8")
    assert "table:formula=" not in saved
    assert WORDS in saved
    assert "+46701234567" in saved


def test_a_report_as_a_workbook_has_numbers_and_its_definitions(app: Flask, town: object):
    for title in PAYLOADS[:3]:
        new_case(HJO, title=title.strip(), unit=unit_id("Fritid"))
    question = Question(layout(HJO).id, Period(date(2000, 1, 1), date(2049, 12, 31)))
    for kind in REPORTS.values():
        if kind.field and kind.field not in layout(HJO).fields:
            continue
        report = kind.build(question, actor("registrator.hjo"))
        file = io.BytesIO()
        report_xlsx(file, report, [("Urval", "=1+1"), ("Framtagen av", SYSTEM.name)])
        book = load_workbook(file)
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert not [cell for cell in cells if cell.data_type == "f"], kind.key
        assert len(book.sheetnames) == len(report.tables) + 1
        about = book["Definitioner"]
        assert about["B2"].value == "'=1+1"
        if kind.key == "enheter":
            assert book.worksheets[0]["G2"].data_type == "n"


MEASURE = """
import gc, resource, sys, tempfile
from datetime import date
from gateways.spreadsheets import Sheet, csv_pieces, write_xlsx
def peak(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
def rows(count):
    for number in range(count):
        words = f"Rad {number} med en text som är olika varje gång {number * 7919}"
        yield [number, words, date(2026, 11, 22), 0.25, words + "!", None, words, number]
heads = ["Kolumn"] * 8
def write(count):
    with tempfile.TemporaryFile() as file:
        for piece in csv_pieces(heads, rows(count)): file.write(piece)
    with tempfile.TemporaryFile() as file:
        write_xlsx(file, [Sheet("Blad", heads, rows(count))])
write(500)
before = peak()
write(int(sys.argv[1]))
print(round(peak() - before, 1))
"""


def test_a_hundred_thousand_rows_take_no_more_memory_than_some(app: Flask):
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, "100000"], cwd=ROOT, check=True, capture_output=True,
        text=True, timeout=120,
    )  # fmt: skip
    assert float(done.stdout) < 20  # megabytes
