"""The case to an external party: who gets what on which ground, and what never goes along."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.case_parts import Choices, Files, Part
from domain.errors import NotAllowed, RuleBroken
from extensions import db
from queries.public_case import public_case
from services.correspondence import draft
from services.correspondence.external import Forwarding, Review, needs_review, register_external
from services.documents.case_content import case_content, words_of
from services.documents.of_event import document_of
from services.documents.rendering import pdf_of, word_of
from tests.support.cases import HJO, SODERTALJE, actor, layout, log_of, new_case, person, unit_id
from tests.support.letters import pdf_text, template, word_text

pytestmark = [pytest.mark.usefixtures("app", "town"), pytest.mark.row("S19", "S23")]
BOSS, READER, ASSISTANT = "chef.omsorg", "lasare.omsorg", "bitradande.omsorg"
TEXT = "Hissen hos Attendo stannar mellan våningarna."
INTERNAL = "Vi tror att det är leverantörens fel."
CONTACT = ("Berit Ek", "Storgatan 1", "berit.ek@example.org")
REVIEWED = Review(confirmed=True)


def case_of(**values):
    given = {
        "text": TEXT,
        "internal_comment": INTERNAL,
        "unit": unit_id("Vård- och omsorgsboende norr"),
        "responsible": person(BOSS).id,
        "assistants": [person(ASSISTANT).id],
    }
    case = new_case(SODERTALJE, **(given | values))
    case.answer = "<div>Vi har felanmält hissen.</div>"
    db.session.commit()
    return case


def forwarding(**values):
    made = Forwarding(
        recipient="Attendo AB",
        address="Attendo AB\nBox 715\n182 17 Danderyd",
        title="Ärende till extern part",
        body="<div>Vi skickar ärendet till er för åtgärd.</div>",
        ground="Utföraren ska åtgärda felet enligt avtalet",
        choices=Choices(),
        review=REVIEWED,
    )
    return replace(made, **values)


def register(case, username=BOSS, type_key=SODERTALJE, key="", **values):
    event = register_external(
        case,
        layout(type_key),
        template("external", type_key),
        forwarding(**values),
        key=key or f"external-{case.id}-{case.event_count}",
        actor=actor(username),
    )
    db.session.commit()
    return event


def both_texts(event, case):
    """What the PDF and the Word file say, together."""
    document = document_of(event, case)
    pdf = pdf_text(pdf_of(document, patience=20))
    return pdf + word_text(word_of(document))


def test_the_document_is_a_letter_to_the_party_and_the_case_behind_it():
    case = case_of()
    document = document_of(register(case), case)
    assert document.address == ("Attendo AB", "Box 715", "182 17 Danderyd")
    for text in (pdf_text(pdf_of(document, patience=20)), word_text(word_of(document))):
        letter, title, rest = text.partition(f"Ärende {case.id}: ")
        assert "för åtgärd" in letter and "Danderyd" in text
        assert TEXT in title + rest and "Vi har felanmält hissen" in rest


def test_the_event_is_registered_and_waits_to_be_posted():
    event = register(case_of())
    assert (event.kind, event.purpose, event.state) == ("document", "external", "draft")
    assert event.recipient == "Attendo AB"
    assert event.ground == "Utföraren ska åtgärda felet enligt avtalet"


def test_the_log_has_recipient_ground_and_what_went_along():
    case = case_of()
    register(case)
    (entry,) = log_of(case, "case.forwarded")
    assert entry.actor_name == "Beatrice Carlsson"
    assert entry.new["recipient"] == "Attendo AB"
    assert entry.new["ground"] == "Utföraren ska åtgärda felet enligt avtalet"
    assert entry.new["parts"] == ["text", "answer", "facts"]
    assert entry.new["review"] == "whole"


def test_contact_data_and_internal_notes_go_along_only_when_ticked():
    case = case_of(text=f"{TEXT} /Berit Ek, Storgatan 1")
    usual = both_texts(register(case), case)
    assert [word for word in (*CONTACT, INTERNAL) if word in usual] == []
    ticked = Choices(frozenset(Part))
    everything = both_texts(register(case, choices=ticked), case)
    assert [word for word in (*CONTACT, INTERNAL) if word not in everything] == []


def test_the_citizen_never_sees_it():
    case = case_of()
    event = register(case)
    event.state = "sent"
    db.session.commit()
    assert event.title not in [message.title for message in public_case(case).messages]


def test_what_the_case_becomes_later_changes_nothing_in_it():
    case = case_of()
    event = register(case)
    case.text, case.title = "Ett helt annat ärende", "Något annat"
    db.session.commit()
    assert TEXT in both_texts(event, case) and "helt annat" not in both_texts(event, case)


@pytest.mark.parametrize("field", ["ground", "recipient"])
def test_without_ground_or_recipient_nothing_is_registered(field):
    case = case_of()
    with pytest.raises(RuleBroken) as refused:
        register(case, **{field: "  "})
    assert refused.value.field == field
    assert log_of(case, "case.forwarded") == []


def test_a_sensitive_case_needs_a_trial_of_secrecy():
    case = case_of()
    assert needs_review(case)
    with pytest.raises(RuleBroken) as refused:
        register(case, review=Review())
    assert refused.value.field == "reviewed"
    assert not needs_review(new_case(HJO))


def test_an_open_case_of_hjo_needs_none():
    case = new_case(HJO, unit=unit_id("Fritid"), responsible=person("handlaggare.hjo").id)
    event = register(case, "handlaggare.hjo", HJO, review=Review())
    assert event.options["review"] == ""


def test_masked_texts_take_the_place_of_the_stored_ones():
    case = case_of(text=f"{TEXT} Grannen heter Valfrid.")
    review = Review(True, {"text": "Hissen stannar.", "title": "Hissen"}, "Grannens namn")
    event = register(case, review=review)
    text = both_texts(event, case)
    assert "Hissen stannar." in text and "Uppgifter är utelämnade efter sekretessprövning" in text
    for word in ("Valfrid", "Attendo stannar", "felanmält", "Grannens namn"):
        assert word not in text
    assert event.options["review"] == "masked" and event.options["left_out"] == "Grannens namn"
    assert "Valfrid" not in str(event.options)


def test_a_text_that_is_not_in_the_masked_ones_is_left_out():
    """Deny by default: an answer written while the form lay open has no masked copy."""
    case = case_of()
    text = both_texts(register(case, review=Review(True, {"text": "Hissen."})), case)
    assert "felanmält" not in text and "utelämnat efter sekretessprövning" in text


@pytest.mark.parametrize("part", [Part.ORIGINAL, Part.INTERNAL, Part.EVENTS])
def test_what_cannot_be_masked_is_refused_with_a_masked_case(part):
    case = case_of()
    with pytest.raises(RuleBroken) as refused:
        register(case, review=Review(True, {}), choices=Choices(frozenset({Part.TEXT, part})))
    assert refused.value.field == "parts"


def test_whole_files_are_refused_with_a_masked_case():
    case = case_of()
    with pytest.raises(RuleBroken) as refused:
        register(case, review=Review(True, {}), choices=Choices(files=Files.MERGED))
    assert refused.value.field == "files"


def test_a_masked_content_never_holds_what_nobody_masked():
    """The second lock, behind the refusal."""
    case = case_of()
    everything = Choices(frozenset(Part), Files.MERGED)
    found = case_content(case, layout(SODERTALJE), everything, actor(BOSS), {"text": "Hissen."})
    assert found["parts"] == ["text", "answer", "facts", "contact"]
    assert (found["original"], found["internal"], found["events"]) == ("", [], [])
    assert not found["files_follow"]


def test_the_copies_to_mask_hold_every_text_that_would_go_out():
    case = case_of(text=f"{TEXT} /Berit Ek")
    copies = dict(
        (k, t) for k, _label, t in words_of(case, layout(SODERTALJE), Choices(), actor(BOSS))
    )
    assert copies["text"] == f"{TEXT} /[utelämnat]" and "felanmält" in copies["answer"]
    assert "internal_comment" not in copies and "submitter_name" not in copies


def test_a_second_press_registers_nothing():
    case = case_of()
    assert register(case, key="once") and register(case, key="once") is None
    assert len(log_of(case, "case.forwarded")) == 1


@pytest.mark.parametrize("username", [READER, ASSISTANT, "admin", "chef.hjo"])
def test_who_may_not_forward_is_refused(username):
    case = case_of()
    with pytest.raises(NotAllowed):
        register(case, username)


def test_a_secret_case_takes_the_flag_and_carries_its_banner():
    case = case_of()
    case.is_secret = True
    db.session.commit()
    event = register(case)
    assert "SEKRETESSMARKERING" in both_texts(event, case)
    grants = person(BOSS).assignments
    for grant in grants:
        grant.sees_secret = False
    db.session.commit()
    with pytest.raises(NotAllowed):
        register(case, key="again")


def test_the_prefilled_letter_says_nothing_of_the_submitter_or_the_text():
    case = case_of()
    made = draft(
        case, layout(SODERTALJE), template("external", SODERTALJE),
        actor=actor(BOSS), user=person(BOSS),
    )  # fmt: skip
    for word in (*CONTACT, TEXT):
        assert word not in made.body
    assert "Ärendet följer på sidorna efter" in made.body
