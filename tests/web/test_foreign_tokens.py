"""Every unsafe route, filled in: without a token of its own session no request counts (T02)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.support.client import Client
from tests.support.fingerprint import changed_tables, fingerprint
from tests.support.site import Site
from tests.web.unsafe_places import make_place
from tests.web.unsafe_requests import (
    TRIES,
    Place,
    Try,
    data_of,
    path_of,
    tries,
    unknown,
)

STATE = "unsafe"
TRACES = ("rate_windows", "user_sessions")
"""Counters, and when a session was last seen; how many sessions there are is compared apart."""

OWN_CHECK = {"public.submit": 422, "public.reply": 422}
"""These give a citizen whose session ended the own text back."""

TOKENLESS = {"public.embedded"}
"""A form inside a foreign page has no session whose token could be right (decision 0016)."""


@pytest.fixture(scope="session")
def built_place(site: Site, town_state: object) -> dict[str, object]:
    place: dict[str, object] = {}
    site.make_state(STATE, lambda: place.update(make_place()), base="town")
    return place


@pytest.fixture
def place(database: Site, built_place: Place) -> Iterator[Place]:
    database.reset(STATE)
    with database.app.app_context():
        yield built_place


def client_of(app: Flask, who: str) -> Client:
    client: Client = app.test_client()  # type: ignore[assignment]
    return client.login(who) if who else client


def state() -> dict[str, str]:
    found = fingerprint()
    sessions = found["user_sessions"].partition(" ")[0]
    return {**{t: f for t, f in found.items() if t not in TRACES}, "sessions": sessions}


def test_every_unsafe_route_is_filled_in(app: Flask):
    assert not unknown(app), "Write a line in tests/web/unsafe_requests.py for each of these."
    assert not set(TRIES) - {endpoint for endpoint, _try in tries(app)}, "These routes are gone."


def refused_in_silence(app: Flask, place: Place, endpoint: str, attempt: Try) -> list[str]:
    """Send it without a token and with somebody else's; says what was wrong with the answers."""
    client, other = client_of(app, attempt.who), client_of(app, attempt.who)
    path = path_of(app, endpoint, attempt, place)
    data = data_of(client, path, attempt, place)
    with other.session_transaction() as session:
        session["csrf_token"] = "1" * 40  # the other session's own; the client draws its own
    foreign = other.csrf_token()
    faults = []
    client.csrf_token()
    before = state()
    for name, token in (("no token", {}), ("a foreign token", {"csrf_token": foreign})):
        answer = client.post(path, data=data | token, csrf=False)
        if answer.status_code != OWN_CHECK.get(endpoint, 400):
            faults.append(f"{endpoint} with {name}: {answer.status_code}")
    if changed := changed_tables(before, state()):
        faults.append(f"{endpoint} without the right token changed {changed}")
    return faults


def test_no_unsafe_request_counts_without_a_token_or_with_a_foreign_one(place: Place, app: Flask):
    faults = []
    for endpoint, attempt in tries(app):
        if endpoint in TOKENLESS:
            continue
        faults += refused_in_silence(app, place, endpoint, attempt)
    assert not faults, "\n".join(faults)


def test_the_same_requests_with_the_right_token_count(place: Place, database: Site):
    """Else the test above would be green for requests that never do anything."""
    app, idle = database.app, []
    for endpoint, attempt in tries(app):
        if attempt.has_effect:
            database.reset(STATE)
            client = client_of(app, attempt.who)
            path = path_of(app, endpoint, attempt, place)
            data = data_of(client, path, attempt, place)
            before = state()
            answer = client.post(path, data=data)
            if not changed_tables(before, state()):
                idle.append(f"{endpoint}: {answer.status_code}")
    assert not idle, "\n".join(idle)
