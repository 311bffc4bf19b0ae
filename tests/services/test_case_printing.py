"""Skriv ut: who may, what the log says of it, the ticket of the document, and its files."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from PIL import Image

from domain.case_parts import Choices, Files, Part
from domain.errors import NotAllowed, RuleBroken
from extensions import db
from models import StoredFile, utcnow
from queries.events import events_of
from services.attachments import attach, keep_file
from services.correspondence.posting import post_letter
from services.printing import Ticket, print_case, read_ticket, sealed
from tests.support.cases import actor, log_of
from tests.support.printed_case import (
    ASSISTANT,
    BOSS,
    EVERY,
    FOREIGN,
    READER,
    TEXT,
    case_of,
    pdf_text,
    printed,
)

pytestmark = pytest.mark.usefixtures("app", "town")


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
