"""The page of the case to an external party: what it asks, and what it keeps after an error."""

from __future__ import annotations

import pytest

from extensions import db
from models import Event
from tests.support.cases import HJO, SODERTALJE, log_of, new_case, person, unit_id
from tests.support.forms import form_data
from tests.support.letters import pdf_text, word_text

pytestmark = [pytest.mark.usefixtures("town"), pytest.mark.row("S19", "S23")]
BOSS, HANDLER = "chef.omsorg", "handlaggare.hjo"
TEXT = "Hissen stannar, och grannen Valfrid sitter fast."


def case_of(**values):
    given = {
        "text": TEXT,
        "internal_comment": "Köket vet.",
        "unit": unit_id("Vård- och omsorgsboende norr"),
        "responsible": person(BOSS).id,
    }
    case = new_case(SODERTALJE, **(given | values))
    case.answer = "<div>Vi har felanmält.</div>"
    db.session.commit()
    return case


def url_of(case):
    return f"/admin/case/event/{case.id}/external"


def opened(client, case):
    """What the page would send unchanged."""
    page = client.get(url_of(case))
    assert page.status_code == 200, page.status
    return form_data(page.text, "compose-form")


FILLED = {
    "recipient": "Attendo AB",
    "address": "Attendo AB\r\nBox 715\r\n182 17 Danderyd",
    "ground": "Utföraren ska åtgärda felet enligt avtalet",
    "reviewed": "y",
    "extent": "whole",
    "_do": "send",
}


def send(client, case, **values):
    return client.post(url_of(case), data={**opened(client, case), **FILLED, **values})


def made(case):
    return db.session.query(Event).filter_by(case_id=case.id, purpose="external").one_or_none()


def test_the_filled_form_makes_a_document_of_the_case(client):
    case = case_of()
    client.login(BOSS)
    answer = send(client, case)
    assert answer.status_code == 302, answer.text
    event = made(case)
    assert event.ground == FILLED["ground"] and event.address.startswith("Attendo AB\nBox")
    word = client.get(f"/admin/case/letters/{case.id}/{event.number}/word")
    text = word_text(word.data)
    assert TEXT in text and "Danderyd" in text
    assert "Berit" not in text and "Köket vet" not in text


def test_the_page_begins_with_nothing_of_the_submitter(client):
    case = case_of()
    client.login(BOSS)
    data = opened(client, case)
    assert data["parts"] == ["text", "answer", "facts"] and data["files"] == ["none"]
    assert "extent" not in data and "reviewed" not in data
    assert "Berit" not in str(data) and "Storgatan" not in str(data)
    assert data["mask_text"] == [TEXT] and data["mask_answer"] == ["Vi har felanmält."]


@pytest.mark.parametrize(
    ("left_out", "sentence"),
    [
        ("recipient", "Fyll i vem som ska få ärendet."),
        ("address", "Fyll i adressen"),
        ("ground", "Skriv varför parten får ärendet."),
        ("reviewed", "Gör en sekretessprövning och kryssa i att den är gjord."),
        ("extent", "Välj om ärendet lämnas ut helt eller maskat."),
        ("parts", "Välj minst en del av ärendet."),
    ],
)
def test_what_is_missing_is_told_and_nothing_typed_is_lost(client, left_out, sentence):
    case = case_of()
    client.login(BOSS)
    data = {**opened(client, case), **FILLED, "mask_text": "Hissen stannar."}
    del data[left_out]
    answer = client.post(url_of(case), data=data)
    assert answer.status_code == 422 and sentence in answer.text
    kept = form_data(answer.text, "compose-form")
    assert kept["mask_text"] == ["Hissen stannar."]
    for name in {"recipient", "ground", "extent", "reviewed"} - {left_out}:
        assert kept[name] == [FILLED[name]]
    assert made(case) is None


def test_a_masked_case_goes_out_with_the_edited_texts(client):
    case = case_of()
    client.login(BOSS)
    masked = {"extent": "masked", "mask_text": "Hissen stannar.", "left_out": "Grannens namn"}
    assert send(client, case, **masked, mask_title="Hissen").status_code == 302
    event = made(case)
    word = client.get(f"/admin/case/letters/{case.id}/{event.number}/word")
    text = word_text(word.data)
    assert "Hissen stannar." in text and "felanmält" in text
    assert "Valfrid" not in text and "Grannens namn" not in text


def test_masked_and_unmaskable_together_are_refused_at_the_boxes(client):
    case = case_of()
    client.login(BOSS)
    answer = send(client, case, extent="masked", parts=["text", "original"])
    assert answer.status_code == 422 and "kan inte maskas" in answer.text
    assert made(case) is None


def test_parts_that_the_person_may_not_see_are_not_given(client):
    """A registrar of Hjo holds the right and sees all; nothing unknown slips in."""
    case = case_of()
    client.login(BOSS)
    assert send(client, case, parts=["text", "everything", "../x"]).status_code == 302
    assert made(case).options["parts"] == ["text"]


def test_an_open_case_asks_for_no_trial(client):
    case = new_case(HJO, unit=unit_id("Fritid"), responsible=person(HANDLER).id)
    client.login(HANDLER)
    data = opened(client, case)
    assert "mask_text" not in data
    for name in ("reviewed", "extent"):
        assert f'name="{name}"' not in client.get(url_of(case)).text
    assert send(client, case).status_code == 302
    assert made(case).options["review"] == ""


@pytest.mark.parametrize("username", ["lasare.omsorg", "bitradande.omsorg", "chef.hjo", "admin"])
def test_others_cannot_forward(client, username):
    case = case_of()
    client.login(username)
    answer = client.post(url_of(case), data={**FILLED, "key": "k" * 32, "parts": "text"})
    assert answer.status_code in (302, 403, 404)
    assert made(case) is None and log_of(case, "case.forwarded") == []


def test_sent_twice_is_made_once(client):
    case = case_of()
    client.login(BOSS)
    data = {**opened(client, case), **FILLED}
    for _again in range(2):
        assert client.post(url_of(case), data=data).status_code == 302
    assert len(log_of(case, "case.forwarded")) == 1


@pytest.mark.parametrize(
    "name", ["recipient", "address", "ground", "title", "mask_text", "left_out"]
)
def test_a_megabyte_is_refused_at_its_field(client, name):
    case = case_of()
    client.login(BOSS)
    assert send(client, case, **{name: "x" * 1_000_000}).status_code in (413, 422)
    assert made(case) is None


def test_its_card_has_the_buttons_of_a_letter(client):
    case = case_of()
    client.login(BOSS)
    send(client, case)
    page = client.get(f"/admin/case/edit/?id={case.id}").text
    for label in ("Visa", "Hämta PDF", "Hämta Word", "Ändra", "Ta bort", "Markera som postat"):
        assert label in page
    event = made(case)
    url = f"/admin/case/letters/{case.id}/{event.number}"
    assert client.post(f"{url}/post").status_code == 302
    db.session.expire_all()
    assert made(case).state in ("sent", "draft")


def test_the_posted_copy_is_what_was_made(client):
    import threading

    case = case_of()
    client.login(BOSS)
    send(client, case)
    url = f"/admin/case/letters/{case.id}/{made(case).number}"
    for _try in range(40):
        client.post(f"{url}/post")
        db.session.expire_all()
        if made(case).state == "sent":
            break
        threading.Event().wait(0.5)
    case.text = "Något helt annat."
    db.session.commit()
    text = pdf_text(client.get(f"{url}/show").data)
    assert TEXT in text and "helt annat" not in text
