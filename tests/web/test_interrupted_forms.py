"""A session that ends while somebody writes: nothing typed is lost (G25, T29)."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from extensions import db
from models import ClosedDay, UserSession, utcnow
from tests.support.forms import form_data
from tests.support.town import PASSWORD

pytestmark = pytest.mark.usefixtures("town")
NEW = "/admin/closed-days/new/"
TYPED = {"day": "2026-12-23", "name": 'Klämdag "före" <jul>', "url": "/admin/closed-days/"}


def interrupted(client):
    """An administrator writes, is away for too long, and sends the form."""
    client.login("admin").get(NEW)
    been_away()
    return client.post(NEW, data=TYPED)


def been_away():
    """Every session was last used an hour ago."""
    db.session.execute(db.update(UserSession).values(seen_at=utcnow() - timedelta(hours=1)))
    db.session.commit()


def fields(html, action):
    """What the form with this action would send."""
    form = html.replace(f'action="{action}"', f'action="{action}" id="wanted"')
    return form_data(form, "wanted")


def sign_in(client, page, password=PASSWORD):
    data = fields(page.text, "/login") | {"username": "admin", "password": password}
    return client.post("/login", data=data)


def days():
    db.session.expire_all()
    return list(db.session.scalars(db.select(ClosedDay)))


def test_what_was_typed_is_sent_after_signing_in_again(client):
    page = interrupted(client)
    assert page.status_code == 401
    assert "Logga in igen för att fortsätta." in page.text
    resumed = sign_in(client, page)
    assert resumed.status_code == 200
    assert days() == []
    data = fields(resumed.text, NEW)
    assert client.post(NEW, data=data).status_code == 302
    assert [(d.day, d.name) for d in days()] == [(date(2026, 12, 23), TYPED["name"])]


def test_a_wrong_password_in_between_loses_nothing(client):
    refused = sign_in(client, interrupted(client), "fel-losenord-forsta-gangen")
    assert refused.status_code == 422
    resumed = sign_in(client, refused)
    assert fields(resumed.text, NEW)["name"] == [TYPED["name"]]


def test_passwords_and_tokens_are_not_carried_along(client):
    client.login("admin")
    been_away()
    data = {"username": "ny", "password": "hemligt-losenord-x", "csrf_token": client.csrf_token()}
    page = client.post("/admin/users/new/", data=data)
    assert "hemligt-losenord-x" not in page.text
    assert 'name="kept-username"' in page.text
    assert "kept-csrf_token" not in page.text


def test_a_form_without_a_token_is_not_carried_along(client):
    answer = client.post(NEW, data=TYPED, csrf=False)
    assert answer.status_code == 400
    assert TYPED["day"] not in answer.text


def test_the_way_on_never_leaves_the_site(client):
    data = fields(interrupted(client).text, "/login")
    data |= {"username": "admin", "password": PASSWORD, "next": "https://evil.test/"}
    page = client.post("/login", data=data).text
    assert "evil.test" not in page
    assert re.search(r'<form method="post" action="/admin/"', page)
