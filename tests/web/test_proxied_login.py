"""Whose address counts: the socket's, or what the one proxy in front of us says (T28)."""

from __future__ import annotations

import pytest

from extensions import db
from models import RoleRule
from tests.support.other_app import other_app
from tests.support.town import PASSWORD

pytestmark = pytest.mark.usefixtures("town")
ME = "handlaggare.hjo"
INSIDE = {"REMOTE_ADDR": "192.0.2.17"}
OUTSIDE = {"REMOTE_ADDR": "203.0.113.9"}


@pytest.fixture(autouse=True)
def inside_only(app):
    """Handlers sign in from one network only."""
    db.session.add(RoleRule(role="responsible", networks=["192.0.2.0/24"], outside="refused"))
    db.session.commit()


def spoofing(client, claimed, where):
    data = {"username": ME, "password": PASSWORD}
    return client.post(
        "/login", data=data, environ_overrides=where, headers={"X-Forwarded-For": claimed}
    )


def test_without_a_proxy_nobody_believes_what_a_client_says_of_its_address(client):
    assert spoofing(client, "192.0.2.17", OUTSIDE).status_code == 422
    assert spoofing(client, "203.0.113.9", INSIDE).status_code == 302


@pytest.fixture
def proxied(app):
    """A client of the application behind one proxy."""
    with other_app(proxy_hops=1) as client:
        yield client


def test_behind_one_proxy_only_its_own_word_counts(proxied):
    proxy = {"REMOTE_ADDR": "127.0.0.1"}
    assert spoofing(proxied, "192.0.2.17, 203.0.113.9", proxy).status_code == 422
    assert spoofing(proxied, "203.0.113.9, 192.0.2.17", proxy).status_code == 302


def test_a_guesser_who_claims_new_addresses_is_counted_as_one(proxied):
    proxy = {"REMOTE_ADDR": "127.0.0.1"}
    answers = []
    for number in range(25):
        data = {"username": f"name{number}", "password": "fel-losenord-har"}
        headers = {"X-Forwarded-For": f"198.51.100.{number}, 203.0.113.9"}
        sent = proxied.post("/login", data=data, environ_overrides=proxy, headers=headers)
        answers.append(sent.status_code)
    assert answers == [422] * 20 + [429] * 5
    data = {"username": ME, "password": PASSWORD}
    victim = proxied.post(
        "/login", data=data, environ_overrides=proxy, headers={"X-Forwarded-For": "192.0.2.3"}
    )
    assert victim.status_code == 302
