"""A document as a Word file (DOCX). Imported only in the child process (gateways/pdf_child.py)."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from html4docx import HtmlToDocx

from gateways.word_body import flat_html

MARGIN_LEFT, MARGIN_TOP = 25, 15  # mm, as in letter.css
TEXT_WIDTH = 160
FONT = (
    b'<w:font w:name="Public Sans"><w:altName w:val="Calibri;Arial"/><w:charset w:val="00"/>'
    b'<w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font>'
)
SIDE_WIDTH = 90
WINDOW_HEIGHT = 38
TWIPS = 1440 / 25.4  # a millimetre in Word's unit

SOFT = RGBColor(0x4A, 0x55, 0x60)


def make_word(order: dict[str, Any], files: list[bytes]) -> bytes:
    """The DOCX of one document: the same parts in the same order as its PDF."""
    document = Document()
    _set_up_page(document)
    _set_up_styles(document)
    _set_properties(document, order)
    _write_first_page(document, order, files)
    document.add_heading(order["title"], level=1)
    _write_body(document, order["body"])
    _write_appendices(document, order["appendices"])
    _write_foot(document, order["foot"])
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _set_up_page(document: WordDocument) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(MARGIN_LEFT)
    section.top_margin, section.bottom_margin = Mm(MARGIN_TOP), Mm(30)
    section.header_distance, section.footer_distance = Mm(10), Mm(12)


def _set_up_styles(document: WordDocument) -> None:
    """Public Sans where it is installed; Word takes a similar font where it is not."""
    _set_font(document.styles["Normal"], 10.5, after=8)
    for name, size in (("Heading 1", 15), ("Heading 2", 11.5), ("Heading 3", 10.5)):
        _set_font(document.styles[name], size, before=8, after=4, is_bold=True)
        document.styles[name].font.color.rgb = RGBColor(0x16, 0x20, 0x2A)
    for name in ("Header", "Footer"):
        _set_font(document.styles[name], 8)
        document.styles[name].font.color.rgb = SOFT
    _name_other_fonts(document)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "sv-SE")
    properties = document.styles["Normal"].element.get_or_add_rPr()
    properties.append(language)


def _set_font(
    style: ParagraphStyle, size: float, before: int = 0, after: int = 0, *, is_bold: bool = False
) -> None:
    style.font.name = "Public Sans"
    style.font.size, style.font.bold = Pt(size), is_bold
    style.paragraph_format.space_before = Pt(before)
    style.paragraph_format.space_after = Pt(after)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{kind}"), None)
    for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{kind}"), "Public Sans")


def _name_other_fonts(document: WordDocument) -> None:
    """Which font takes the place of ours where it is not installed."""
    relations = document.part.rels.values()
    part = next(r.target_part for r in relations if r.reltype.endswith("/fontTable"))
    part._blob = part.blob.replace(b"</w:fonts>", FONT + b"</w:fonts>")


def _set_properties(document: WordDocument, order: dict[str, Any]) -> None:
    properties = document.core_properties
    properties.title = order["title"][:255]
    properties.author = properties.last_modified_by = order["municipality"][:255]
    properties.language = "sv-SE"
    properties.comments = ""


def _write_first_page(document: WordDocument, order: dict[str, Any], files: list[bytes]) -> None:
    """Head, address and facts stand in a table with fixed measures: the address in the window."""
    settings_left = order["left_mm"] - MARGIN_LEFT
    is_right = settings_left >= 50
    first = settings_left if is_right else SIDE_WIDTH
    table = document.add_table(rows=2 if order["address"] else 1, cols=2)
    table.autofit = False
    _without_padding(table)
    if order["address"] and not is_right:
        _indent(table, settings_left)
    else:
        first = first if order["address"] else TEXT_WIDTH // 2
    for row in table.rows:
        row.cells[0].width, row.cells[1].width = Mm(first), Mm(TEXT_WIDTH - first)
    _write_head(table.rows[0].cells, order, files)
    if not order["address"]:
        _facts_in_a_line(document, order)
        return
    table.rows[0].height = Mm(max(order["top_mm"] - MARGIN_TOP, 5))
    table.rows[0].height_rule = WD_ROW_HEIGHT_RULE.EXACTLY
    table.rows[1].height = Mm(WINDOW_HEIGHT)
    table.rows[1].height_rule = WD_ROW_HEIGHT_RULE.AT_LEAST
    address, facts = table.rows[1].cells[::-1] if is_right else table.rows[1].cells
    _fill(address, [(line, "") for line in order["address"]])
    _fill(facts, [(value, label) for label, value in _facts(order)])


def _write_head(cells: Sequence[_Cell], order: dict[str, Any], files: list[bytes]) -> None:
    """Logo or name to the left, the head's lines to the right."""
    paragraph = cells[0].paragraphs[0]
    if not (files and _add_logo(paragraph, files[0])):
        run = paragraph.add_run(order["municipality"])
        run.bold, run.font.size = True, Pt(15)
    _fill(cells[1], [(line, "") for line in order["head"]], size=9)


def _facts(order: dict[str, Any]) -> list[tuple[str, str]]:
    date = [("Datum", order["date"])] if order["date"] else []
    return [*date, *((label, value) for label, value in order["references"])]


def _facts_in_a_line(document: WordDocument, order: dict[str, Any]) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(24)
    for label, value in _facts(order):
        _small(paragraph, f"{label} ")
        paragraph.add_run(f"{value}    ")


def _fill(cell: _Cell, lines: list[tuple[str, str]], size: float = 10.5) -> None:
    """Lines of (text, label above it) without room between."""
    paragraph = cell.paragraphs[0]
    for number, (text, label) in enumerate(lines):
        paragraph = cell.add_paragraph() if number else paragraph
        paragraph.paragraph_format.space_after = Pt(4 if label else 0)
        if label:
            _small(paragraph, label)
            paragraph.add_run().add_break()
        paragraph.add_run(text).font.size = Pt(size)


def _small(paragraph: Paragraph, text: str) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.color.rgb = Pt(8), SOFT


def _without_padding(table: Table) -> None:
    """The text of a cell begins where the cell does: the address exactly in the window."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "0")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    _put(table, margins, behind="w:tblLayout")


def _put(table: Table, element: Any, *, behind: str) -> None:
    """Word wants the properties of a table in their order."""
    table._tbl.tblPr.find(qn(behind)).addnext(element)


def _indent(table: Table, millimetres: float) -> None:
    """Move the table's left edge: the left window begins outside the margin."""
    indent = OxmlElement("w:tblInd")
    indent.set(qn("w:w"), str(round(millimetres * TWIPS)))
    indent.set(qn("w:type"), "dxa")
    _put(table, indent, behind="w:tblW")


def _add_logo(paragraph: Paragraph, raw: bytes) -> bool:
    """Whether the picture could be put in: Word knows no SVG and no WebP."""
    try:
        paragraph.add_run().add_picture(io.BytesIO(raw), height=Mm(18))
    except Exception:  # noqa: BLE001 - whatever is wrong with it, the name takes its place
        return False
    return True


def _write_body(document: WordDocument, body: str) -> None:
    parser = HtmlToDocx(style_map={"quote": "Quote"})
    parser.options["images"] = False
    parser.add_html_to_document(flat_html(body), document)


def _write_appendices(document: WordDocument, names: list[str]) -> None:
    if names:
        document.add_heading("Bilagor", level=2)
    for name in names:
        document.add_paragraph(name, style="List Number")


def _write_foot(document: WordDocument, lines: list[str]) -> None:
    """The foot's lines and the page number, on every page."""
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.paragraph_format.tab_stops.clear_all()
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run("    ".join(lines) + "\tSida ")
    _field(paragraph, "PAGE")
    paragraph.add_run(" av ")
    _field(paragraph, "NUMPAGES")


def _field(paragraph: Paragraph, name: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)
