"""The printed case holds what was chosen, and of that what its reader may see. Nothing else."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta

import pytest
from PIL import Image
from pypdf import PdfReader

from domain.case_parts import Choices, Files, Part
from domain.errors import NotAllowed, RuleBroken
from extensions import db
from models import StoredFile, utcnow
from queries.events import events_of
from services.attachments import attach, keep_file
from services.correspondence import draft, register_event
from services.correspondence.files import ChosenFiles
from services.correspondence.letters import register_letter
from services.correspondence.posting import post_letter
from services.documents.case_document import case_document
from services.documents.rendering import pdf_of, word_of
from services.printing import Ticket, print_case, read_ticket, sealed
from tests.support import letters as support
from tests.support.cases import (
    SODERTALJE,
    actor,
    choice,
    layout,
    log_of,
    new_case,
    person,
    unit_id,
)

pytestmark = pytest.mark.usefixtures("app", "town")
BOSS, READER, ASSISTANT, FOREIGN = "chef.omsorg", "lasare.omsorg", "bitradande.omsorg", "chef.hjo"

TEXT = "Ledstången i trapphuset sitter löst."
ORIGINAL = "Ledstången i trapphuset sitter löst, säger Nisse."
ANSWER = "Vi skruvar fast den på måndag."
INTERNAL = "Hyresvärden är redan tillsagd."
NOTE = "Ringde vaktmästaren om skruvarna."
CONTACT = ("Berit Ek", "Storgatan 1", "544 30 Hjo", "070-123 45 67", "berit.ek@example.org")
EVERY = Choices(frozenset(Part), Files.LIST)


def case_of(**values):
    given = {
        "text": ORIGINAL,
        "answer": f"<div>{ANSWER}</div>",
        "internal_comment": INTERNAL,
        "submitter_phone": "070-123 45 67",
        "contact_way": choice(SODERTALJE, "contact_way", "Per brev"),
        "unit": unit_id("Vård- och omsorgsboende"),
        "responsible": person(BOSS).id,
        "assistants": [person(ASSISTANT).id],
    }
    case = new_case(SODERTALJE, **(given | values))
    case.text = case.title = TEXT
    register(case, "note", NOTE)
    register_answer_letter(case)
    kept = keep_file("mått.txt", io.BytesIO(b"3 meter"))
    attach(kept, case, source="submitter", actor=actor(BOSS), event=None)
    db.session.commit()
    return case


def template(key):
    return next(t for t in layout(SODERTALJE).event_templates if t.key == key)


def begin(case, key):
    who = person(BOSS)
    return draft(case, layout(SODERTALJE), template(key), actor=actor(BOSS), user=who)


def register(case, key, text):
    made = replace(begin(case, key), title="Samtal", body=f"<div>{text}</div>")
    return register_event(
        case, layout(SODERTALJE), template(key), made,
        happened_at=utcnow(), key=f"{key}-{case.id}-{case.event_count}", actor=actor(BOSS),
    )  # fmt: skip


def register_answer_letter(case):
    return register_letter(
        case, layout(SODERTALJE), template("answer-letter"), begin(case, "answer-letter"),
        files=ChosenFiles(""), confirmed_other=False, key=f"letter-{case.id}", actor=actor(BOSS),
    )  # fmt: skip


def printed(case, choices, username=BOSS):
    return case_document(case, layout(SODERTALJE), choices, actor(username), at=utcnow())


def pdf_text(document):
    return support.pdf_text(pdf_of(document, patience=20))


def word_text(document):
    return support.word_text(word_of(document))


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


def test_without_a_mark_there_is_no_banner():
    assert "SEKRETESS" not in pdf_text(printed(case_of(), EVERY))


def test_who_may_not_see_a_secret_case_prints_nothing_of_it():
    case = case_of(assistants=[])
    case.is_secret = True
    db.session.commit()
    for username in (READER, ASSISTANT, FOREIGN, "admin"):
        with pytest.raises(NotAllowed):
            print_case(case, EVERY, way="pdf", actor=actor(username))
    assert log_of(case, "case.printed") == []
    assert TEXT not in pdf_text(printed(case, EVERY, READER))


@pytest.mark.row("H08")
def test_the_log_says_who_printed_what():
    case = case_of()
    print_case(case, Choices(frozenset({Part.TEXT, Part.CONTACT})), way="word", actor=actor(BOSS))
    (entry,) = log_of(case, "case.printed")
    assert entry.actor_name == "Beatrice Carlsson"
    assert entry.new == {"parts": ["text", "contact"], "files": "none", "as": "word"}


def test_the_log_says_what_was_printed_and_not_what_was_asked_for():
    case = case_of()
    print_case(case, EVERY, way="pdf", actor=actor(READER))
    (entry,) = log_of(case, "case.printed")
    assert entry.new["parts"] == ["text", "answer", "facts", "internal", "events"]


def test_nothing_chosen_is_refused():
    with pytest.raises(RuleBroken):
        print_case(case_of(), Choices(frozenset()), way="pdf", actor=actor(BOSS))


def test_a_ticket_is_one_persons_for_one_case_and_cannot_be_written():
    case, other = case_of(), case_of()
    ticket = print_case(case, Choices(), way="pdf", actor=actor(BOSS))
    found = read_ticket(ticket, case, actor(BOSS))
    assert found is not None and found.choices == Choices() and found.way == "pdf"
    assert read_ticket(ticket, case, actor("strateg.omsorg")) is None
    assert read_ticket(ticket, other, actor(BOSS)) is None
    assert read_ticket(ticket.replace("text-", "contact-text-"), case, actor(BOSS)) is None
    assert read_ticket("x", case, actor(BOSS)) is None


def test_a_ticket_grows_old():
    case = case_of()
    for minutes, is_good in ((14, True), (16, False)):
        asked = Ticket(Choices(), "pdf", utcnow() - timedelta(minutes=minutes))
        found = read_ticket(sealed(case, actor(BOSS), asked), case, actor(BOSS))
        assert (found is not None) is is_good


MERGED = Choices(frozenset({Part.TEXT}), Files.MERGED)


def add_picture(case):
    raw = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(raw, "PNG")
    kept = keep_file("hiss.png", io.BytesIO(raw.getvalue()))
    attach(kept, case, source="submitter", actor=actor(BOSS), event=None)
    db.session.commit()
    return db.session.get_one(StoredFile, kept.sha256)


def test_a_picture_waits_for_its_copy_without_place_and_camera():
    case = case_of()
    row = add_picture(case)
    with pytest.raises(RuleBroken) as refused:
        printed(case, MERGED)
    assert refused.value.field == "files"
    row.copy_state, row.copy_sha256, row.copy_type = "done", "c" * 64, "image/jpeg"
    db.session.commit()
    assert "c" * 64 in [appendix.sha256 for appendix in printed(case, MERGED).appendices]


def test_an_infected_file_is_named_and_never_goes_along():
    case = case_of()
    row = add_picture(case)
    row.scan_state = "infected"
    db.session.commit()
    document = printed(case, MERGED)
    assert row.sha256 not in [appendix.sha256 for appendix in document.appendices]
    assert "hiss.png" in document.body and "smittad" in document.body


def test_the_copy_of_a_posted_letter_is_no_file_of_the_case():
    """It carries the address, whatever was ticked."""
    case = case_of()
    event = next(e for e in events_of(case.id) if e.state == "draft")
    post_letter(event, case, b"%PDF-1.7 Berit Ek", seen=0, actor=actor(BOSS))
    db.session.commit()
    names = [appendix.filename for appendix in printed(case, MERGED).appendices]
    assert names == ["mått.txt"]


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
