"""Numbers that no row can have: an answer that is not a 500, on both databases (G38)."""

from __future__ import annotations

import pytest

from extensions import db
from tests.support.cases import HJO, choice, new_case, person, unit_id
from tests.support.forms import form_data

pytestmark = pytest.mark.usefixtures("town")
HANDLER = "handlaggare.hjo"
LARGE = ("2147483648", "999999999999", "9" * 25)


@pytest.mark.parametrize("number", LARGE)
@pytest.mark.parametrize(
    "path",
    [
        "/admin/case/do/{}/reopen",
        "/admin/case/event/{}/answer-email",
        "/admin/case/do/{}/file/x",
        "/admin/case/edit/?id={}",
    ],
)
def test_a_number_that_no_case_can_have_is_not_found(client, path, number):
    assert client.login(HANDLER).get(path.format(number)).status_code == 404


@pytest.fixture
def case(app):
    return new_case(
        contact_way=choice(HJO, "contact_way", "E-post"),
        types=[choice(HJO, "types", "Klagomål")],
        categories=[choice(HJO, "categories", "Fysisk miljö")],
        workflow=choice(HJO, "workflow", "Synpunkten"),
        unit=unit_id("Fritid"),
        responsible=person(HANDLER).id,
    )


@pytest.mark.parametrize("version", [*LARGE, "9" * 5000, "x", "²", "-1", ""])
def test_an_odd_version_is_an_old_one(client, case, version):
    url = f"/admin/case/edit/?id={case.id}"
    data = form_data(client.login(HANDLER).get(url).text, "case-form")
    answer = client.post(url, data={**data, "version": version, "f_internal_note": "Hej"})
    assert answer.status_code == 409


@pytest.mark.parametrize("field", ["f_unit", "f_responsible", "f_status", "f_measures"])
@pytest.mark.parametrize("value", [*LARGE, "9" * 5000, "x", "-1"])
def test_an_odd_choice_is_refused(client, case, field, value):
    url = f"/admin/case/edit/?id={case.id}"
    data = form_data(client.login(HANDLER).get(url).text, "case-form")
    assert client.post(url, data={**data, field: value}).status_code == 422


@pytest.mark.parametrize("field", ["f_received_on", "f_answered_on"])
@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2099-01-01", "2026-02-30", "i går"])
def test_an_odd_day_is_refused_and_kept(client, case, field, day):
    case.answered_on = case.received_on
    db.session.commit()
    url = f"/admin/case/edit/?id={case.id}"
    data = form_data(client.login(HANDLER).get(url).text, "case-form")
    answer = client.post(url, data={**data, field: day})
    assert answer.status_code == 422
    assert f'value="{day}"' in answer.text
