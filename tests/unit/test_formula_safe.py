"""Text that a spreadsheet could take for a formula is written so that it cannot (threat T40)."""

from __future__ import annotations

import csv
import io

import pytest

from domain.formula_safe import formula_safe
from gateways.spreadsheets import BOM, csv_pieces
from tests.support.formulas import PAYLOADS

PLAIN = (
    "", "Gungan är trasig", "3 = 3", "a+b", "åäö ÅÄÖ é", "2026-11-22", "'redan en apostrof",
    "Jag undrar: =SUMMA?", "5-6 barn", "100 %", "😀 ok", "(=1)",
)  # fmt: skip


def test_there_are_forty_payloads():
    assert len(set(PAYLOADS)) >= 40


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_begins_with_an_apostrophe(payload: str):
    safe = formula_safe(payload)
    assert safe.startswith("'")
    assert not {sign for sign in safe if sign < " "} - {"\t", "\n"}


@pytest.mark.parametrize("text", PLAIN)
def test_other_text_is_left_as_it_is(text: str):
    assert formula_safe(text) == text


def test_a_telephone_number_stays_readable():
    assert formula_safe("+46701234567") == "'+46701234567"


def test_a_csv_file_has_what_swedish_spreadsheets_want():
    rows = [['Å;Ä"Ö\r\nny rad', 3, 0.25, None], *([p, 1, 2.5, "x"] for p in PAYLOADS)]
    raw = b"".join(csv_pieces(["=Rubrik", "Antal", "Andel", ""], rows))
    text = raw.decode("utf-8")
    assert text.startswith(BOM)
    read = list(csv.reader(io.StringIO(text.removeprefix(BOM), newline=""), delimiter=";"))
    assert read[0][0] == "'=Rubrik"
    assert read[1] == ['Å;Ä"Ö\nny rad', "3", "0,25", ""]
    assert len(read) == len(PAYLOADS) + 2
    assert all(row[0].startswith("'") for row in read[2:])
    assert text.removeprefix(BOM).split("\r\n")[0].count(";") == 3
