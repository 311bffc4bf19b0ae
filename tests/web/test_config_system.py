"""Kommunen, Egna lediga dagar and Ändringslogg."""

from __future__ import annotations

from datetime import date

import pytest

from extensions import db
from models import AuditEntry, ClosedDay, Municipality
from queries.configuration import configuration
from tests.support.cases import edit, new_case
from tests.support.config import config_log, fill_in

pytestmark = pytest.mark.usefixtures("town")
MUNICIPALITY = "/admin/municipality/edit/?id=1"


@pytest.fixture(autouse=True)
def administrator(client):
    return client.login("admin")


def test_the_municipality_has_one_page_and_no_second_row(client):
    assert client.get("/admin/municipality/").location == MUNICIPALITY
    assert client.get("/admin/municipality/new/").status_code == 403
    assert client.get("/admin/municipality/edit/?id=2").status_code == 404
    assert fill_in(client, MUNICIPALITY, phone="0503-350 00").location == MUNICIPALITY
    db.session.expire_all()
    assert db.session.get(Municipality, 1).phone == "0503-350 00"


@pytest.mark.row("S25")
def test_how_long_a_work_lock_lasts_is_set_here(client):
    assert configuration().lock_minutes == 15
    assert fill_in(client, MUNICIPALITY, lock_minutes="10").location == MUNICIPALITY
    db.session.expire_all()
    assert configuration().lock_minutes == 10


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"appeal_link": "javascript:alert(1)"}, "Skriv hela webbadressen"),
        ({"website": "www.kommunen.se"}, "Skriv hela webbadressen"),
        ({"data_protection_email": "nej"}, "Skriv en e-postadress"),
        ({"name": " "}, ""),
        ({"phone": "1" * 61}, ""),
        ({"lock_minutes": "0"}, "Skriv ett heltal från 1 till 120."),
        ({"lock_minutes": "en kvart"}, "Skriv ett heltal från 1 till 120."),
    ],
)
def test_links_and_addresses_lead_somewhere(client, changes, sentence):
    answer = fill_in(client, MUNICIPALITY, **changes)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_a_day_off_is_no_working_day_from_now_on(client):
    answer = fill_in(client, "/admin/closed-days/new/", day="2026-12-23", name="Klämdag")
    assert answer.location == "/admin/closed-days/"
    db.session.rollback()
    assert date(2026, 12, 23) in configuration().closed_days
    assert "Klämdag" in client.get("/admin/closed-days/").text


@pytest.mark.parametrize("day", ["", "i morgon", "2026-02-30", "2026-13-01", "99999-01-01"])
def test_what_is_no_day_is_refused_and_stays_in_the_form(client, day):
    answer = fill_in(client, "/admin/closed-days/new/", day=day, name="Klämdag")
    assert answer.status_code == 422
    assert f'value="{day}"' in answer.text
    errors = answer.text[answer.text.index('id="day-error"') :]
    assert "Skriv dagen som åååå-mm-dd" in errors or "Skriv datumet som åååå-mm-dd" in errors


def test_a_day_stands_once_and_can_be_taken_away(client):
    for status in (302, 422):
        answer = fill_in(client, "/admin/closed-days/new/", day="2026-12-23", name="Klämdag")
        assert answer.status_code == status
    assert "2026-12-23 finns redan." in answer.text
    day = db.session.scalars(db.select(ClosedDay)).one()
    row_id, subject = day.id, f"closed_days {day.id}"
    assert client.post("/admin/closed-days/delete/", data={"id": row_id}).status_code == 302
    db.session.expire_all()
    assert db.session.get(ClosedDay, row_id) is None
    assert [entry[0] for entry in config_log(subject)] == ["config.created", "config.removed"]


@pytest.mark.row("S24")
def test_the_log_names_changes_of_cases_and_not_what_they_say(client):
    case = new_case(text="KANARIE i texten")
    edit(case, "registrator.hjo", text="KANARIE två", internal_note="KANARIE tre")
    db.session.commit()
    fill_in(client, MUNICIPALITY, phone="0503-350 00")
    page = client.get("/admin/audit/").text
    assert f"Ärende {case.id}" in page
    assert "Info/åtgärder" in page
    assert "0503-350 00" in page
    assert "KANARIE" not in page


def test_nothing_in_the_log_can_be_changed(client):
    entry = db.session.scalars(db.select(AuditEntry)).first()
    for address in ("edit", "delete", "new", "details"):
        method = "GET" if address == "details" else "POST"
        answer = client.open(f"/admin/audit/{address}/?id={entry.id}", method=method)
        assert answer.status_code == 403
    db.session.expire_all()
    assert db.session.get(AuditEntry, entry.id) is not None
