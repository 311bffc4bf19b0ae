"""The days of the reminders on the page of the case type, and the presets that bring them."""

from __future__ import annotations

import pytest

from extensions import db
from models import CaseType
from tests.support.cases import HJO, person
from tests.support.forms import form_data

pytestmark = pytest.mark.usefixtures("app", "town")


def row():
    db.session.rollback()
    return db.session.scalars(db.select(CaseType).filter_by(key=HJO)).one()


@pytest.fixture
def page(client):
    client.login("admin")
    return f"/admin/case-types/edit/?id={row().id}"


def sent(client, page, **values):
    """Send the form as its page shows it, with these values; None is an unticked box."""
    html = client.get(page).text
    form_id = html.split('name="remind_before"')[0].rsplit("<form", 1)[1].split('id="')[1]
    data = form_data(html, form_id.split('"')[0]) | values
    return client.post(page, data={k: v for k, v in data.items() if v is not None})


def test_the_preset_brings_three_days_before_and_every_fifth_after():
    found = row()
    assert (found.reminds, found.remind_before, found.remind_every) == (True, 3, 5)


def test_the_page_changes_them(client, page):
    answer = sent(client, page, reminds=None, remind_before="0", remind_every="10")
    assert answer.status_code == 302
    found = row()
    assert (found.reminds, found.remind_before, found.remind_every) == (False, 0, 10)


@pytest.mark.parametrize(
    ("field", "value"), [("remind_before", "31"), ("remind_every", "0"), ("remind_every", "61")]
)
def test_days_that_make_no_sense_are_refused_at_their_field(client, page, field, value):
    answer = sent(client, page, **{field: value})
    assert answer.status_code in (200, 422)
    assert f'id="{field}-error"' in answer.text
    assert (row().remind_before, row().remind_every) == (3, 5)


def test_who_wants_one_mail_a_day_says_so_on_the_own_page(client):
    client.login("handlaggare.hjo")
    data = form_data(client.get("/admin/my-page/").text, "profile-form")
    assert client.post("/admin/my-page/", data=data | {"gathers_reminders": "y"}).status_code == 302
    assert person("handlaggare.hjo").gathers_reminders
    assert client.post("/admin/my-page/", data=data).status_code == 302
    db.session.rollback()
    assert not person("handlaggare.hjo").gathers_reminders
