"""The printed case holds what was chosen, and of that what its reader may see. Nothing else."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader

from domain.case_parts import Choices, Files, Part
from domain.clock import local_today
from extensions import db
from models import SecrecyMark
from queries.configuration import board_of, configuration
from queries.secrecy import grounds_on
from services.documents.case_content import secrecy_banner
from services.documents.rendering import pdf_of
from tests.support.printed_case import (
    ANSWER,
    CONTACT,
    EVERY,
    INTERNAL,
    NOTE,
    ORIGINAL,
    READER,
    TEXT,
    case_of,
    pdf_text,
    printed,
    word_text,
)

pytestmark = pytest.mark.usefixtures("app", "town")
LATE = datetime(2026, 3, 9, 23, 30, tzinfo=UTC)  # in Sweden the next day
CANARIES = {
    Part.TEXT: ["sitter löst."],
    Part.ORIGINAL: ["säger Nisse"],
    Part.ANSWER: [ANSWER],
    Part.FACTS: ["Ansvarig utredare", "Svara senast"],
    Part.CONTACT: list(CONTACT),
    Part.INTERNAL: [INTERNAL],
    Part.EVENTS: ["Svar på synpunkt"],
}


@pytest.mark.row("H08")
@pytest.mark.parametrize("way", [pdf_text, word_text])
def test_everything_chosen_is_there(way):
    text = way(printed(case_of(), EVERY))
    missing = [word for words in CANARIES.values() for word in words if word not in text]
    assert missing == []
    assert NOTE in text and "mått.txt" in text and "7 byte" in text


@pytest.mark.row("H08")
@pytest.mark.parametrize("way", [pdf_text, word_text])
@pytest.mark.parametrize("left_out", [Part.ORIGINAL, Part.FACTS, Part.CONTACT, Part.INTERNAL])
def test_what_is_not_chosen_is_not_there(left_out, way):
    text = way(printed(case_of(), Choices(frozenset(Part) - {left_out})))
    assert [word for word in CANARIES[left_out] if word in text] == []


def test_the_answer_is_left_out_with_its_letter():
    """The letter in the correspondence quotes it."""
    text = pdf_text(printed(case_of(), Choices(frozenset(Part) - {Part.ANSWER, Part.EVENTS})))
    assert ANSWER not in text


def test_contact_data_is_left_out_of_every_text():
    case = case_of(text=f"{ORIGINAL} Ring 070 - 1234567 till berit  ek, Storgatan 1.")
    case.text = f"{TEXT} Hälsningar Berit\nEk (+46701234567, BERIT.EK@EXAMPLE.ORG)"
    text = pdf_text(printed(case, Choices(frozenset(Part) - {Part.CONTACT}, Files.LIST)))
    for word in (*CONTACT, "Berit", "berit", "1234567", "701234567", "EXAMPLE"):
        assert word not in text
    assert "[utelämnat]" in text and "sitter löst" in text


def test_a_reader_gets_no_contact_data_and_no_original_whatever_is_asked_for():
    text = pdf_text(printed(case_of(), EVERY, READER))
    assert [word for word in (*CONTACT, "säger Nisse") if word in text] == []
    assert INTERNAL in text


def test_notes_go_along_with_the_internal_part_only():
    case = case_of()
    without = Choices(frozenset(Part) - {Part.INTERNAL})
    assert NOTE not in pdf_text(printed(case, without))
    assert NOTE not in pdf_text(printed(case, Choices(frozenset({Part.INTERNAL}))))


def test_a_letter_that_is_not_posted_is_internal():
    case = case_of()
    assert "Inte skickat" in pdf_text(printed(case, EVERY))
    without = pdf_text(printed(case, Choices(frozenset({Part.EVENTS, Part.CONTACT}))))
    assert "återigen tacka" not in without


def test_nothing_of_another_case_is_in_it():
    other = case_of(text="Granskogens kanariefågel", submitter_name="Orvar Annan")
    other.internal_comment = "Annans anteckning"
    db.session.commit()
    text = pdf_text(printed(case_of(), EVERY))
    for word in ("kanariefågel", "Orvar", "Annans anteckning"):
        assert word not in text


def test_a_case_under_secrecy_says_so_on_its_first_page():
    case = case_of()
    case.is_secret = True
    raw = pdf_of(printed(case, Choices()), patience=20)
    first = PdfReader(io.BytesIO(raw)).pages[0].extract_text()
    assert "SEKRETESSMARKERING" in first
    assert "Gör en sekretessprövning innan något lämnas ut" in " ".join(first.split())


def test_the_banner_names_the_ground_the_day_of_the_mark_and_the_board():
    case = case_of()
    case.is_secret = True
    ground = next(g for g in grounds_on(local_today()) if g.label == "OSL 26 kap. 1 §")
    mark = SecrecyMark(case_id=case.id, kind="case", ground_id=ground.id, set_at=LATE)
    db.session.add(mark)
    db.session.flush()
    board = board_of(configuration(), case.unit_id)
    assert board
    said = f"SEKRETESSMARKERING OSL 26 kap. 1 § · 2026-03-10 · {board}."
    assert secrecy_banner(case).startswith(said)


def test_without_a_mark_there_is_no_banner():
    assert "SEKRETESS" not in pdf_text(printed(case_of(), EVERY))


def test_markup_in_a_text_is_text():
    case = case_of(text="<script>alert(1)</script> & <b>fet</b> {{ 7*7 }}")
    case.text = "<script>alert(1)</script> & <b>fet</b> {{ 7*7 }}"
    document = printed(case, EVERY)
    assert "<script" not in document.body
    assert "<script>alert(1)</script> & <b>fet</b> {{ 7*7 }}" in pdf_text(document)


def test_the_pdf_is_tagged_with_headings_and_heads_of_rows():
    raw = pdf_of(printed(case_of(), EVERY), patience=20)
    reader = PdfReader(io.BytesIO(raw))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"] == "sv"
    kinds = set()

    def walk(node):
        node = node.get_object()
        if "/S" in node:
            kinds.add(node["/S"])
        below = node.get("/K", [])
        for item in below if isinstance(below, list) else [below]:
            if hasattr(item.get_object(), "get"):
                walk(item)

    walk(reader.trailer["/Root"]["/StructTreeRoot"])
    assert {"/H1", "/H2", "/H3", "/Table", "/TH", "/TD"} <= kinds
