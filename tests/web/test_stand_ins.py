"""Ersättare on Min sida and under Organisation."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.clock import local_today
from extensions import db
from models import StandIn
from tests.support.cases import HJO, new_case, person, unit_id
from tests.support.config import fill_in
from tests.support.forms import form_data

pytestmark = pytest.mark.usefixtures("town")
ME, HELPER = "handlaggare.hjo", "bitradande.omsorg"
OWN = "/admin/my-page/stand-in/"


def rows():
    db.session.expire_all()
    return db.session.scalars(db.select(StandIn)).all()


def days(first=0, last=2):
    today = local_today()
    return {
        "first_day": (today + timedelta(first)).isoformat(),
        "last_day": (today + timedelta(last)).isoformat(),
    }


def choose(client, helper=HELPER, **more):
    sent = form_data(client.get(OWN).text, "stand-in-form")
    return client.post(OWN, data={**sent, "stand_in_id": person(helper).id, **days(), **more})


def test_everybody_chooses_the_own_stand_in_who_then_sees_the_cases(client):
    case_url = f"/admin/case/edit/?id={new_case(HJO, unit=unit_id('Fritid')).id}"
    assert client.login(HELPER).get(case_url).status_code == 404
    client.login(ME)
    assert "Du har ingen ersättare." in client.get("/admin/my-page/").text
    assert choose(client).status_code == 302
    assert "Mikael Lindgren, från och med" in client.get("/admin/my-page/").text
    assert client.login(HELPER).get(case_url).status_code == 200
    client.login(ME).post(f"{OWN}remove", data={"id": rows()[0].id})
    assert client.login(HELPER).get(case_url).status_code == 404


def test_the_absent_is_always_oneself(client):
    client.login(ME)
    assert choose(client, absent_id=person("chef.hjo").id).status_code == 302
    assert [row.absent_id for row in rows()] == [person(ME).id]


def test_days_that_do_not_fit_are_refused_and_stay_typed(client):
    answer = choose(client.login(ME), **days(4, 2))
    assert answer.status_code == 422
    assert "Sista dagen kan inte vara före den första." in answer.text
    assert days(4)["first_day"] in answer.text
    assert choose(client, first_day="i morgon").status_code == 422
    assert rows() == []


def test_nobody_takes_somebody_elses_stand_in_away(client):
    choose(client.login(ME))
    number = rows()[0].id
    client.login("chef.hjo")
    assert client.post(f"{OWN}remove", data={"id": number}).status_code == 404
    assert client.post(f"{OWN}remove", data={"id": "x"}).status_code == 404
    assert len(rows()) == 1


def test_an_administrator_sets_changes_and_removes_one(client):
    client.login("admin")
    who = {"absent_id": person(ME).id, "stand_in_id": person(HELPER).id}
    assert fill_in(client, "/admin/stand-ins/new/", **who, **days()).status_code == 302
    row = rows()[0]
    later = days(0, 9)["last_day"]
    url = f"/admin/stand-ins/edit/?id={row.id}"
    sent = {"last_day": later, "stand_in_id": person("chef.hjo").id}
    assert fill_in(client, url, **sent).status_code == 302
    assert rows()[0].last_day.isoformat() == later
    assert rows()[0].stand_in_id == person(HELPER).id
    assert "Mikael Lindgren" in client.get("/admin/stand-ins/").text
    assert "Ersättare" in client.get("/admin/audit/").text
    assert client.post("/admin/stand-ins/delete/", data={"id": row.id}).status_code == 302
    assert rows() == []


def test_an_administrator_does_not_become_a_stand_in_by_the_own_hand(client):
    client.login("admin")
    who = {"absent_id": person(ME).id, "stand_in_id": person("admin").id}
    answer = fill_in(client, "/admin/stand-ins/new/", **who, **days())
    assert "Du kan inte göra dig själv till ersättare." in answer.text
    assert rows() == []
