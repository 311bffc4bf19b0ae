"""A letter as Word, opened with python-docx: real styles, head, address, foot, properties."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest
from docx import Document as NewWord
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Mm
from flask import Flask

from domain.documents import Appendix, LetterSettings
from services.documents.rendering import word_of
from tests.support.papers import SETTINGS, appendix, letter, picture

BODY = (
    "<div>Hej!<br><br>Läs <a href='https://hjo.se/x'>mer</a> om <strong>fett</strong> och "
    "<em>kursivt</em>.</div><h1>Rubrik</h1><ul><li>Ett<ul><li>Inuti</li></ul></li></ul>"
    "<ol><li>Först</li></ol><blockquote>Ett citat</blockquote>löst efteråt"
    "<div>Med vänlig hälsning<br>Anna</div>"
)


def word(**changes: object) -> WordDocument:
    return NewWord(io.BytesIO(word_of(letter(**changes))))


def lines(document: WordDocument) -> list[tuple[str, str]]:
    """(style, text) of each paragraph that has text."""
    return [
        (p.style.name if p.style else "", p.text) for p in document.paragraphs if p.text.strip()
    ]


def test_the_text_has_real_styles(app: Flask):
    document = word(body=BODY)
    assert lines(document) == [
        ("Heading 1", "Svar på din synpunkt"),
        ("Normal", "Hej!"),
        ("Normal", "Läs mer om fett och kursivt."),
        ("Heading 2", "Rubrik"),
        ("List Bullet", "Ett"),
        ("List Bullet 2", "Inuti"),
        ("List Number", "Först"),
        ("Quote", "Ett citat"),
        ("Normal", "löst efteråt"),
        ("Normal", "Med vänlig hälsning\nAnna"),
    ]
    runs = {run.text: run for p in document.paragraphs for run in p.runs}
    assert runs["fett"].bold
    assert runs["kursivt"].italic
    targets = [rel.target_ref for rel in document.part.rels.values() if rel.is_external]
    assert targets == ["https://hjo.se/x"]


@pytest.mark.parametrize(("left", "column"), [(105, 1), (20, 0)])
def test_the_address_stands_in_the_window(app: Flask, left: int, column: int):
    table = word(settings=replace(SETTINGS, left_mm=left)).tables[0]
    row = table.rows[1]
    assert row.cells[column].text == "Berit Ek\nStorgatan 1\n544 30 Hjo"
    assert row.cells[1 - column].text == "Datum\n22 november 2026\nÄrende-ID\n3868"
    assert table.rows[0].height is not None
    assert abs(table.rows[0].height - Mm(52 - 15)) < Mm(0.5)
    begins = 25 + (row.cells[0].width / Mm(1) if column else 0)
    indent = table._tbl.tblPr.find(qn("w:tblInd"))
    begins += int(indent.get(qn("w:w"))) / 1440 * 25.4 if indent is not None else 0
    assert begins == pytest.approx(left, abs=0.5)


def test_head_and_foot_are_there(app: Flask):
    document = word()
    head = [cell.text for cell in document.tables[0].rows[0].cells]
    assert head == ["Hjo kommun", "Samhällsbyggnad\nGata och park"]
    foot = document.sections[0].footer.paragraphs[0]
    assert "Torggatan 2, 544 30 Hjo" in foot.text
    fields = [f.get(qn("w:instr")) for f in foot._p.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_page_properties_and_fonts(app: Flask):
    document = word()
    section = document.sections[0]
    assert section.page_width is not None and section.page_height is not None
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    properties = document.core_properties
    assert (properties.title, properties.author) == ("Svar på din synpunkt", "Hjo kommun")
    assert properties.language == "sv-SE"
    assert document.styles["Normal"].font.name == "Public Sans"
    raw = zipfile.ZipFile(io.BytesIO(word_of(letter())))
    assert b'w:altName w:val="Calibri' in raw.read("word/fontTable.xml")
    assert b'w:lang w:val="sv-SE"' in raw.read("word/styles.xml")


def test_without_an_address_the_facts_are_a_line(app: Flask):
    document = word(address=())
    assert len(document.tables[0].rows) == 1
    facts = " ".join(lines(document)[0][1].split())
    assert facts == "Datum 22 november 2026 Ärende-ID 3868"


def test_the_logo_takes_the_place_of_the_name(app: Flask):
    logo = appendix(picture(), "logo.png", "image/png")
    settings = LetterSettings(logo_sha256=logo.sha256, logo_type="image/png")
    document = word(settings=settings)
    assert len(document.inline_shapes) == 1
    assert document.tables[0].rows[0].cells[0].text == ""


def test_a_logo_that_word_cannot_show_leaves_the_name(app: Flask):
    logo = appendix(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "logo.svg", "image/svg+xml")
    document = word(settings=LetterSettings(logo_sha256=logo.sha256, logo_type="image/svg+xml"))
    assert document.tables[0].rows[0].cells[0].text == "Hjo kommun"


def test_appendices_are_listed_by_name(app: Flask):
    document = word(appendices=(Appendix("0" * 64, "karta.pdf", "application/pdf"),))
    assert lines(document)[-2:] == [("Heading 2", "Bilagor"), ("List Number", "karta.pdf")]


def test_a_table_of_ours_becomes_a_table(app: Flask):
    table = "<table><tr><th>När</th><td>I går</td></tr></table>"
    body = f"<h2>Händelser</h2>{table}<dl><dt>A</dt><dd>B</dd></dl>"
    document = word(body=body, is_ours=True)
    assert [cell.text for cell in document.tables[1].rows[0].cells] == ["När", "I går"]
    assert lines(document)[-2:] == [("Normal", "A"), ("Normal", "B")]


def test_signs_that_no_file_can_hold_are_left_out(app: Flask):
    document = word(title="A\x00\x0bB", body="<div>C\ufffe\x07D</div>", address=("E\x00F",))
    assert [text for _style, text in lines(document)] == ["AB", "CD"]
    assert document.tables[0].rows[1].cells[1].text == "EF"
