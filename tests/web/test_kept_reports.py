"""Nämndrapporter: numbers of one day, kept with their comments, for those who may count them."""

from __future__ import annotations

import re
from datetime import date

import pytest

from cli.document_work import make_documents
from domain.clock import local_today
from extensions import db
from models import Case, KeptReport
from tests.support.cases import HJO, choice, edit, layout, new_case, unit_id
from tests.support.letters import pdf_text, word_text
from tests.support.papers import pictures_of

pytestmark = pytest.mark.usefixtures("town")
CHIEF, READER = "chef.hjo", "lasare.omsorg"
URL = "/admin/board-reports"
NAME = "Synpunkter i år, fritidsnämnden"


def make(client, username=CHIEF, **more):
    client.login(username)
    given = {
        "name": NAME,
        "case_type": layout(HJO).id,
        "unit": unit_id("Fritid"),
        "period": "i-ar",
        **more,
    }
    return client.post(f"{URL}/new", data=given)


def kept():
    db.session.expire_all()
    return db.session.scalars(db.select(KeptReport)).one()


@pytest.fixture
def report(client):
    case = new_case(HJO, unit=unit_id("Fritid"), types=[choice(HJO, "types", "Klagomål")])
    number = case.id
    answer = make(client)
    assert answer.status_code == 302, answer.text
    return kept(), number


def test_a_chief_makes_a_report_writes_comments_and_takes_it_out_as_pdf_and_word(client, report):
    row, _number = report
    page = client.get(f"{URL}/show?id={row.id}")
    assert NAME in page.text
    sent = {
        "id": row.id,
        "version": row.version,
        "comment-synpunktstyp": "Fler klagomål än i fjol.\nDet beror på vintern.",
        "improvements": "Vi har köpt en ny plog.",
    }
    assert client.post(f"{URL}/show?id={row.id}", data=sent).status_code == 302
    assert "Det beror på vintern." in client.get(f"{URL}/show?id={row.id}").text
    raw = client.get(f"{URL}/file?id={row.id}&kind=pdf")
    while raw.status_code == 202:  # the machine is busy: the worker makes it
        make_documents()
        raw = client.get(f"{URL}/file?id={row.id}&kind=pdf")
    word = client.get(f"{URL}/file?id={row.id}&kind=word")
    assert "Diagram: Per synpunktstyp. Samma siffror står i tabellen." in pictures_of(raw.data)
    for text in (pdf_text(raw.data), word_text(word.data)):
        assert "Per synpunktstyp" in text
        assert "Det beror på vintern." in text
        assert "Vi har köpt en ny plog." in text
        assert "Besvarade i tid" in text


def test_the_numbers_stay_as_they_were_when_the_cases_go_on(client, report):
    row, number = report
    before = row.reports
    edit(db.session.get(Case, number), "registrator.hjo", received_on=date(2025, 1, 7))
    db.session.commit()
    assert kept().reports == before
    again = client.get(f"{URL}/show?id={row.id}").text
    assert re.search(r"Inkomna\s*</th>\s*<td[^>]*>1</td>", again)


def test_those_who_may_not_count_the_unit_do_not_find_the_report(client, report):
    row, _number = report
    for username in (READER, "chef.omsorg", "bitradande.omsorg", "admin"):
        client.login(username)
        for path in (f"{URL}/show?id={row.id}", f"{URL}/file?id={row.id}&kind=word"):
            assert client.get(path).status_code in (403, 404), (username, path)
        assert client.post(f"{URL}/remove", data={"id": row.id}).status_code in (403, 404)
        assert NAME not in client.get(f"{URL}/").text
    assert kept().name == NAME


def test_who_only_reads_makes_no_report(client):
    assert client.login(READER).get(f"{URL}/new").status_code == 403
    assert make(client, READER).status_code == 403
    assert db.session.scalar(db.select(db.func.count()).select_from(KeptReport)) == 0


def test_a_unit_outside_the_own_part_is_refused(client):
    answer = make(client, CHIEF, unit="999999")
    assert answer.status_code == 422
    assert NAME in answer.text


def test_own_dates_are_asked_for_and_what_was_typed_stays(client):
    answer = make(client, period="egen", first_day="2026-13-01", last_day="")
    assert answer.status_code == 422
    assert "Skriv datumet som åååå-mm-dd" in answer.text
    assert "2026-13-01" in answer.text
    today = local_today().isoformat()
    answer = make(client, period="egen", first_day=today, last_day="2001-01-01")
    assert "Sista dagen är före den första." in answer.text


def test_two_who_write_at_once_do_not_lose_each_others_comments(client, report):
    row, _number = report
    first = {"id": row.id, "version": row.version, "improvements": "Den första."}
    second = {**first, "improvements": "Den andra."}
    assert client.post(f"{URL}/show?id={row.id}", data=first).status_code == 302
    answer = client.post(f"{URL}/show?id={row.id}", data=second)
    assert answer.status_code == 422
    assert "Någon annan har sparat rapporten" in answer.text
    assert "Den andra." in answer.text
    assert kept().improvements == "Den första."


def test_a_report_that_nobody_needs_goes(client, report):
    row, _number = report
    assert client.post(f"{URL}/remove", data={"id": row.id}).status_code == 302
    assert db.session.scalar(db.select(db.func.count()).select_from(KeptReport)) == 0
    assert "Inga rapporter än" in client.get(f"{URL}/").text


@pytest.mark.parametrize("number", ["", "0", "-1", "abc", "99999999999999999999"])
def test_odd_numbers_are_not_found(client, number):
    client.login(CHIEF)
    assert client.get(f"{URL}/show", query_string={"id": number}).status_code == 404
