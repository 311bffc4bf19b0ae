"""Skriv ut brev: the letters of ticked cases in one PDF, and marked as posted together."""

from __future__ import annotations

import io
import threading

import pytest
from pypdf import PdfReader

from extensions import db
from models import Event
from services.correspondence.revising import Change, revise
from tests.support.cases import HJO, SODERTALJE, actor
from tests.support.forms import form_data
from tests.support.letters import CHIEF, HANDLER, hjo_case, letter, sodertalje_case
from tests.support.queries import counting

pytestmark = [pytest.mark.usefixtures("town"), pytest.mark.row("H16", "S21")]
PAGE = "/admin/case/bulk-letters/"


def query(*cases):
    return "?" + "&".join(f"rowid={case.id}" for case in cases)


def pages(client, *cases):
    """The text of each page of the PDF."""
    for _try in range(60):
        answer = client.get(f"{PAGE}pdf{query(*cases)}")
        if answer.status_code != 202:
            break
        threading.Event().wait(0.5)
    assert answer.mimetype == "application/pdf", answer.text
    reader = PdfReader(io.BytesIO(answer.data))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def named(name):
    return hjo_case(submitter_name=name)


def test_the_list_has_tick_boxes_and_the_button(client):
    case = hjo_case()
    client.login(HANDLER)
    page = client.get(f"/admin/case/?type={HJO}").text
    assert f'name="rowid" value="{case.id}"' in page
    assert "Välj alla på sidan" in page and "Skriv ut brev" in page


def test_a_reader_has_neither(client):
    sodertalje_case()
    client.login("lasare.omsorg")
    page = client.get(f"/admin/case/?type={SODERTALJE}").text
    assert "rowid" not in page and "Skriv ut brev" not in page
    assert client.get(PAGE).status_code == 403


def test_all_letters_come_in_the_order_of_the_list_each_on_a_new_page(client):
    cases = [named("Anna Alm"), named("Bo Bergstrand"), named("Cia Cederlund")]
    for case in cases:
        letter(case)
    client.login(HANDLER)
    found = pages(client, cases[2], cases[0], cases[1])
    assert len(found) == 3
    for page, name in zip(found, ("Cia Cederlund", "Anna Alm", "Bo Bergstrand"), strict=True):
        assert name in page and page.count("Svar på") >= 1


def test_the_page_says_which_letters_and_why_not_others(client):
    with_letter, without = hjo_case(), hjo_case()
    letter(with_letter)
    client.login(HANDLER)
    page = client.get(PAGE + query(with_letter, without)).text
    assert "1 brev skrivs ut" in page
    assert "Ärendet har inget brev som väntar på att postas." in page
    assert f"(ID: {with_letter.id})" in page and f"(ID: {without.id})" in page


def test_a_posted_letter_is_not_printed_again(client):
    case = hjo_case()
    event = letter(case)
    event.state = "sent"
    db.session.commit()
    client.login(HANDLER)
    assert client.get(f"{PAGE}pdf{query(case)}").status_code == 404
    assert "inget brev" in client.get(PAGE + query(case)).text


def test_one_foreign_case_stops_all(client):
    own, foreign = hjo_case(), sodertalje_case()
    letter(own)
    client.login(HANDLER)
    for path in ("", "pdf"):
        assert client.get(PAGE + path + query(own, foreign)).status_code == 404
    data = {"rowid": [own.id, foreign.id], "letter": "x"}
    assert client.post(f"{PAGE}post", data=data).status_code == 404


@pytest.mark.parametrize("ids", ["rowid=abc", "rowid=-1", "rowid=999999", "rowid=",
                                 "&".join(f"rowid={n}" for n in range(1, 102))])  # fmt: skip
def test_odd_missing_and_too_many_ids_are_not_found(client, ids):
    client.login(HANDLER)
    assert client.get(f"{PAGE}?{ids}").status_code == 404


def test_no_tick_leads_back_to_the_list_with_a_word(client):
    client.login(HANDLER)
    answer = client.get(PAGE)
    assert answer.status_code == 302 and "/admin/case/" in answer.location
    assert "Kryssa i de ärenden" in client.get(answer.location, follow_redirects=True).text


def shown(client, *cases):
    return form_data(client.get(PAGE + query(*cases)).text, "post-form")


def states(*events):
    db.session.expire_all()
    return [db.session.get_one(Event, event.id).state for event in events]


def test_marking_as_posted_marks_each(client):
    cases = [hjo_case(), hjo_case()]
    events = [letter(case) for case in cases]
    client.login(HANDLER)
    answer = client.post(f"{PAGE}post", data=shown(client, *cases), follow_redirects=True)
    assert "2 brev är markerade som postade." in answer.text
    assert states(*events) == ["sent", "sent"]


def test_a_letter_that_changed_since_is_not_marked(client):
    case, other = hjo_case(), hjo_case()
    event, kept = letter(case), letter(other)
    client.login(HANDLER)
    data = shown(client, case, other)
    change = Change({"title": "Ny titel", "body": event.body}, seen=0)
    revise(event, case, change, actor=actor(HANDLER))
    db.session.commit()
    answer = client.post(f"{PAGE}post", data=data, follow_redirects=True)
    assert "ändrades nyss" in answer.text
    assert states(event, kept) == ["draft", "sent"]


def test_a_letter_that_came_since_is_not_marked(client):
    case = hjo_case()
    first = letter(case)
    client.login(HANDLER)
    data = shown(client, case)
    second = letter(case)
    client.post(f"{PAGE}post", data=data)
    assert states(first, second) == ["sent", "draft"]


def test_looking_marks_nothing(client):
    case = hjo_case()
    event = letter(case)
    client.login(HANDLER)
    client.get(PAGE + query(case))
    pages(client, case)
    assert client.get(f"{PAGE}post{query(case)}").status_code == 405
    assert states(event) == ["draft"]


def test_an_assistant_prints_what_is_theirs_and_marks_only_by_right(client):
    case = sodertalje_case(assistants=[])
    letter(case, username=CHIEF, type_key=SODERTALJE)
    client.login("bitradande.omsorg")
    assert client.get(PAGE + query(case)).status_code == 404


def test_the_number_of_queries_does_not_grow_with_the_cases(client):
    cases = [hjo_case() for _ in range(8)]
    for case in cases:
        letter(case)
    few_url, many_url = PAGE + query(*cases[:2]), PAGE + query(*cases)
    client.login(HANDLER)
    client.get(few_url)
    with counting() as few:
        client.get(few_url)
    with counting() as many:
        client.get(many_url)
    assert many.count == few.count
