"""People beyond a border of secrecy: a ground and a reason before they read a case; units too."""

from __future__ import annotations

import pytest

from domain.permissions import SYSTEM, Role
from domain.secrecy_border import border_to_person
from extensions import db
from models import AuditEntry, Case, Unit
from services.people import Grant, add_person
from tests.support.cases import HJO, SODERTALJE, choice, log_of, mails, new_case, person, unit_id
from tests.support.forms import form_data

pytestmark = [pytest.mark.usefixtures("town"), pytest.mark.row("H08")]
BOSS = "chef.omsorg"


@pytest.fixture
def teacher() -> int:
    """Somebody who reads at the school only."""
    values = {"username": "larare", "name": "Lena Lärare", "email": "lena@demo.example"}
    values |= {"title": "", "phone": "", "signature": "", "is_active": True}
    grant = Grant(role=Role.ASSISTANT, unit_id=unit_id("Grundskola"), case_type_id=None,
                  sees_secret=False)  # fmt: skip
    made = add_person(values, [grant], actor=SYSTEM).id
    db.session.commit()
    return made


def a_case(**values) -> Case:
    given = {"unit": unit_id("Vård- och omsorgsboende norr"), "responsible": person(BOSS).id}
    given["contact_way"] = choice(SODERTALJE, "contact_way", "Per brev")
    return new_case(SODERTALJE, **{**given, **values})


def informing(client, case: Case, who: int, **fields: str):
    client.login(BOSS)
    data = form_data(client.get(f"/admin/case/edit/?id={case.id}").text, "case-form")
    data |= {"f_informed": [str(who)], "_do": ["save"]}
    data |= {name: [value] for name, value in fields.items()}
    return client.post(f"/admin/case/edit/?id={case.id}", data=data)


def deciding(client, case: Case, held, **answers: str):
    data = form_data(held.text, "border-form") | {"_border": ["decide"]}
    data |= {f"border_{name}": [value] for name, value in answers.items()}
    return client.post(f"/admin/case/edit/?id={case.id}", data=data, follow_redirects=True)


def told_people(case: Case) -> set[int]:
    db.session.rollback()
    db.session.expire_all()
    return {p.user_id for p in db.session.get_one(Case, case.id).participants}


@pytest.mark.parametrize(
    ("unit", "roles", "found"),
    [
        (("/1/2/", "social"), [("/1/3/", "school")], ("social", "school")),
        (("/1/2/", "social"), [("/1/3/", "school"), ("/1/4/", "social")], None),
        (("/1/2/", "social"), [("/1/", "open")], None),  # above the unit
        (("/1/2/", "open"), [("/1/3/", "social")], ("open", "social")),
        (None, [("/1/3/", "social")], None),  # not sorted yet
        (("/1/2/", "social"), [], None),
    ],
)
def test_a_person_stands_beyond_a_border_by_the_units_of_the_roles(unit, roles, found):
    border = border_to_person("open", unit, roles)
    assert (border and (border.old, border.new)) == found


def test_informing_beyond_the_border_is_held_and_decided_and_recorded(client, teacher):
    case = a_case()

    held = informing(client, case, teacher, f_internal_comment="Buss.")
    assert held.status_code == 422
    assert "Ärendet hör till Socialtjänst, och den du har valt till Skola." in held.text
    assert told_people(case) == set() and mails("informed") == []

    again = deciding(client, case, held, ground="needed", reason=" ")
    assert again.status_code == 422 and "Skriv hur du har bedömt det." in again.text

    deciding(client, case, again, ground="needed", reason="Skolan ordnar bussen.")
    (line,) = log_of(case, "case.shown-across")
    assert told_people(case) == {teacher}
    assert line.new["border"] == "Socialtjänst → Skola"
    assert line.new["reason"] == "Skolan ordnar bussen."
    assert db.session.get_one(Case, case.id).internal_comment == "Buss."
    assert log_of(case, "case.crossed") == []


def test_within_the_area_nobody_is_asked(client):
    case, near = a_case(), person("chef.social").id
    assert informing(client, case, near).status_code == 302
    assert told_people(case) == {near}


def creating(client, data: dict):
    return client.post(f"/admin/case/new/?type={SODERTALJE}", data=data)


def test_a_new_case_with_somebody_beyond_the_border_is_held_and_decided(client, teacher):
    client.login(BOSS)
    data = form_data(client.get(f"/admin/case/new/?type={SODERTALJE}").text, "case-form")
    data |= {
        "f_text": ["Pojken kommer för sent till bussen."],
        "f_unit": [str(unit_id("Vård- och omsorgsboende norr"))],
        "f_contact_way": [str(choice(SODERTALJE, "contact_way", "Per brev"))],
        "f_informed": [str(teacher)],
    }
    held = creating(client, data)
    assert held.status_code == 422
    assert "Ärendet hör till Socialtjänst, och den du har valt till Skola." in held.text
    assert "Pojken kommer för sent till bussen." in held.text
    assert (db.session.query(Case).count(), mails("informed")) == (0, [])

    sent = form_data(held.text, "border-form")
    back = creating(client, sent | {"_border": ["back"]})
    assert back.status_code == 200
    assert form_data(back.text, "case-form")["f_text"] == ["Pojken kommer för sent till bussen."]

    sent |= {"_border": ["decide"], "border_ground": ["needed"]}
    again = creating(client, sent)
    assert again.status_code == 422 and "Skriv hur du har bedömt det." in again.text

    sent |= {"border_reason": ["Skolan ordnar bussen."]}
    for _press in range(2):  # a double click makes one case
        assert creating(client, sent).status_code == 302
    case = db.session.query(Case).one()
    assert told_people(case) == {teacher}
    (line,) = log_of(case, "case.shown-across")
    assert (line.new["border"], line.new["reason"]) == (
        "Socialtjänst → Skola", "Skolan ordnar bussen.",
    )  # fmt: skip
    assert len(mails("informed")) == 1


def test_bulk_asks_the_same_before_it_does_anything(client, teacher):
    one, two = a_case(), a_case()
    client.login(BOSS)
    path = f"/admin/case/bulk/?atgard=kannedom&rowid={one.id}&rowid={two.id}"
    data = form_data(client.get(path).text, "bulk-form") | {"f_informed": [str(teacher)]}

    asked = client.post("/admin/case/bulk/", data=data)
    assert asked.status_code == 422
    assert "Över en sekretessgräns: Socialtjänst → Skola" in asked.text
    assert told_people(one) == told_people(two) == set()

    data = form_data(asked.text, "bulk-form")
    data |= {"border_ground": ["needed"], "border_reason": ["Skolan ordnar bussen."]}
    page = client.post("/admin/case/bulk/", data=data).text
    assert "2 ärenden är ändrade." in page
    assert told_people(one) == told_people(two) == {teacher}
    assert [len(log_of(c, "case.shown-across")) for c in (one, two)] == [1, 1]


def test_another_area_for_a_unit_says_how_many_cases_and_is_confirmed_and_logged(client):
    new_case(HJO, unit=unit_id("Fritid"))
    client.login("admin")
    number = unit_id("Fritid")
    address = f"/admin/units/edit/?id={number}"
    data = form_data(client.get(address).text, "config-form")
    assert "confirm_area" not in data

    asked = client.post(address, data=data | {"secrecy_area": ["social"]})
    assert "Enheten har 1 öppna ärenden, 1 sammanlagt. Kryssa i" in asked.text
    assert _area(number) == "open"

    sent = form_data(asked.text, "config-form") | {"confirm_area": ["y"]}
    client.post(address, data=sent)
    assert _area(number) == "social"
    line = db.session.query(AuditEntry).filter_by(action="unit.area-changed").one()
    assert line.new == {"border": "Öppet → Socialtjänst", "open_cases": 1}


def _area(number: int) -> str:
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Unit, number).secrecy_area
