"""Skriv ut through the pages: the choice, the document, the log, and who gets nothing."""

from __future__ import annotations

import io
import threading

import pytest

from domain.documents import Document, LetterSettings
from extensions import db
from services.attachments import attach, keep_file
from services.documents.rendering import pdf_of
from tests.support.cases import SODERTALJE, actor, log_of, new_case, person, unit_id
from tests.support.forms import form_data
from tests.support.letters import pdf_text, word_text

pytestmark = [pytest.mark.usefixtures("town"), pytest.mark.row("H08")]
BOSS, READER = "chef.omsorg", "lasare.omsorg"
TEXT, ORIGINAL = "Maten var kall.", "Maten var kall, säger Nisse."
EVERY = ["text", "original", "answer", "facts", "contact", "internal", "events"]


def case_of(**values):
    given = {
        "text": ORIGINAL,
        "internal_comment": "Köket vet.",
        "unit": unit_id("Vård- och omsorgsboende norr"),
        "responsible": person(BOSS).id,
    }
    case = new_case(SODERTALJE, **(given | values))
    case.text = case.title = TEXT
    db.session.commit()
    return case


def url_of(case):
    return f"/admin/case/print/{case.id}"


def fetched(client, url):
    """The file at `url`; a slow machine is asked again, as the page tells the browser to."""
    for _try in range(40):
        answer = client.get(url)
        if answer.status_code != 202:
            break
        threading.Event().wait(0.5)
    assert answer.status_code == 200, answer.status
    return answer


def ask(client, case, way="view", parts=("text",), files="none"):
    sent = client.post(url_of(case), data={"as": way, "parts": list(parts), "files": files})
    assert sent.status_code == 303, sent.text
    return fetched(client, sent.location)


def test_the_toolbar_leads_to_the_choice(client):
    case = case_of()
    client.login(BOSS)
    page = client.get(f"/admin/case/edit/?id={case.id}").text
    assert f'href="{url_of(case)}"' in page and "Skriv ut" in page
    assert client.get(url_of(case)).status_code == 200


def test_contact_data_and_internal_notes_are_not_ticked_from_the_start(client):
    case = case_of()
    client.login(BOSS)
    page = client.get(url_of(case)).text
    boxes = [line for line in page.split("<input") if 'name="parts"' in line]
    ticked = {b.split('value="')[1].split('"')[0] for b in boxes if "checked" in b.split(">")[0]}
    assert len(boxes) == 7 and ticked == {"text", "answer", "facts"}


def test_visa_shows_the_pdf_in_the_browser(client):
    case = case_of()
    client.login(BOSS)
    answer = ask(client, case, "view")
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert TEXT in pdf_text(answer.data)


@pytest.mark.parametrize(("way", "ending"), [("pdf", ".pdf"), ("word", ".docx")])
def test_the_document_is_fetched_as_a_file(client, way, ending):
    case = case_of()
    client.login(BOSS)
    answer = ask(client, case, way, ["text", "contact"])
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert ending in answer.headers["Content-Disposition"]
    text = (pdf_text if way == "pdf" else word_text)(answer.data)
    assert TEXT in text and "Berit Ek" in text and "Köket vet" not in text


def test_a_reader_is_offered_and_given_only_what_a_reader_sees(client):
    case = case_of()
    client.login(READER)
    page = client.get(url_of(case)).text
    assert 'value="contact"' not in page and 'value="original"' not in page
    assert 'value="merged"' not in page
    text = pdf_text(ask(client, case, "view", EVERY, "merged").data)
    assert TEXT in text and "Köket vet" in text
    assert "Berit" not in text and "Nisse" not in text and "berit.ek" not in text


def test_the_files_are_merged_behind_the_case(client):
    case = case_of()
    page = Document("Protokoll", "<p>Bilagans ord</p>", LetterSettings(), "Annan kommun")
    raw = pdf_of(page, patience=20)
    assert raw is not None
    kept = keep_file("protokoll.pdf", io.BytesIO(raw))
    attach(kept, case, source="submitter", actor=actor(BOSS), event=None)
    db.session.commit()
    client.login(BOSS)
    assert "Bilagans ord" in pdf_text(ask(client, case, "pdf", files="merged").data)
    listed = pdf_text(ask(client, case, "pdf", files="list").data)
    assert "protokoll.pdf" in listed and "Bilagans ord" not in listed
    assert "protokoll.pdf" not in pdf_text(ask(client, case, "pdf").data)


def test_the_log_has_one_line_for_a_print_and_none_for_looking(client):
    case = case_of()
    client.login(BOSS)
    client.get(url_of(case))
    assert log_of(case, "case.printed") == []
    sent = client.post(url_of(case), data={"as": "view", "parts": "text", "files": "none"})
    for _again in range(3):
        fetched(client, sent.location)
    assert len(log_of(case, "case.printed")) == 1


def test_nothing_chosen_is_told_at_the_boxes(client):
    case = case_of()
    client.login(BOSS)
    answer = client.post(url_of(case), data={"as": "view"})
    assert answer.status_code == 422
    assert "Välj minst en del av ärendet." in answer.text
    assert log_of(case, "case.printed") == []


@pytest.mark.parametrize("sent", [
    {"as": "exe", "parts": "text"}, {"parts": "text"}, {"as": "pdf", "parts": "everything"},
    {"as": "pdf", "parts": ["\0", "x" * 10_000]}, {},
])  # fmt: skip
def test_odd_choices_are_refused(client, sent):
    case = case_of()
    client.login(BOSS)
    assert client.post(url_of(case), data=sent).status_code in (400, 422)
    assert log_of(case, "case.printed") == []


def test_odd_ways_of_files_mean_none(client):
    case = case_of()
    client.login(BOSS)
    assert TEXT in pdf_text(ask(client, case, "pdf", files="../../etc").data)


@pytest.mark.parametrize("username", ["chef.hjo", "chef.social", "admin", "bitradande.omsorg"])
def test_who_may_not_see_the_case_gets_404(client, username):
    case = case_of()
    client.login(username)
    assert client.get(url_of(case)).status_code in (403, 404)
    answer = client.post(url_of(case), data={"as": "pdf", "parts": "text"})
    assert answer.status_code in (403, 404) and TEXT not in answer.text
    assert log_of(case, "case.printed") == []


def test_a_ticket_opens_for_nobody_else(client):
    case = case_of()
    client.login(BOSS)
    sent = client.post(url_of(case), data={"as": "pdf", "parts": EVERY, "files": "none"})
    client.login(READER)
    answer = client.get(sent.location)
    assert answer.status_code == 302 and answer.location.endswith(url_of(case))
    client.login("chef.hjo")
    assert client.get(sent.location).status_code == 404


def test_rights_that_are_taken_away_close_the_ticket(client):
    case = case_of(responsible=None)
    client.login(READER)
    sent = client.post(url_of(case), data={"as": "pdf", "parts": EVERY, "files": "none"})
    case.is_secret = True
    db.session.commit()
    assert client.get(sent.location).status_code == 404


def test_a_get_with_an_invented_ticket_leads_to_the_choice(client):
    case = case_of()
    client.login(BOSS)
    for ticket in ("x", "1_1_1_pdf_none_text", "a.b.c", "%00", "ä" * 300):
        assert client.get(f"{url_of(case)}/document/{ticket}").status_code in (302, 404)


def test_a_secret_case_warns_before_and_on_the_paper(client):
    case = case_of()
    case.is_secret = True
    db.session.commit()
    client.login(BOSS)
    assert "sekretessmarkering" in client.get(url_of(case)).text
    assert "SEKRETESSMARKERING" in pdf_text(ask(client, case, "view").data)


def test_the_form_says_what_the_first_page_said(client):
    """What comes back after an error is what was ticked."""
    case = case_of()
    client.login(BOSS)
    answer = client.post(url_of(case), data={"as": "exe", "parts": ["contact"], "files": "list"})
    data = form_data(answer.text, "print-form")
    assert data["parts"] == ["contact"] and data["files"] == ["list"]
