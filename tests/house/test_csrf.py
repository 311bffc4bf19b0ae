"""No unsafe request counts without a token of its own session."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select

from extensions import csrf, db
from models import Case, Event
from services.secret_links import current_link
from tests.support.cases import new_case
from tests.support.client import Client
from tests.support.routes import UNSAFE, requests_of

# They check the token themselves, so that a citizen whose session ended gets the own text back.
OWN_CHECK = {
    "public.submit": "public_views.submit.submit",
    "public.reply": "public_views.reply.reply",
    "public.embedded": "public_views.submit.submit",  # asks for none: decision 0016
}


@pytest.mark.parametrize("username", [None, "admin", "registrator.hjo"])
def test_an_unsafe_request_without_a_token_is_refused(
    client: Client, town: object, username: str | None
):
    if username:
        client.login(username)
    for endpoint, method, path in requests_of(client.application):
        if method in UNSAFE and endpoint not in OWN_CHECK:
            answer = client.open(path, method=method, csrf=False)
            assert answer.status_code == 400, (method, path)


def test_only_two_views_check_the_token_themselves(app: Flask):
    assert csrf._exempt_views == set(OWN_CHECK.values())
    assert csrf._exempt_blueprints == set()


def test_a_form_without_a_token_makes_no_case_and_comes_back_with_its_text(
    client: Client, town: object
):
    text = {"f_text": "Gungan är trasig."}
    answer = client.post("/synpunkt/hjo", data=text, csrf=False)
    assert answer.status_code == 422
    assert "Gungan är trasig." in answer.text
    assert db.session.scalar(select(func.count(Case.id))) == 0


def test_a_reply_without_a_token_makes_no_event(client: Client, town: object):
    path = current_link(new_case()).path
    before = db.session.scalar(select(func.count(Event.id)))
    answer = client.post(path, data={"text": "Tack!"}, csrf=False)
    assert answer.status_code == 422
    assert db.session.scalar(select(func.count(Event.id))) == before


def test_a_token_of_another_session_is_refused(client: Client, town: object):
    other = client.application.test_client()
    with other.session_transaction() as session:
        session["csrf_token"] = "1" * 40
    foreign = other.csrf_token()
    client.login("admin").csrf_token()
    answer = client.post("/logout", csrf=False, headers={"X-CSRFToken": foreign})
    assert answer.status_code == 400
