"""Every response carries the security headers: pages, files, redirects, refusals and crashes."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.support.client import Client

PLACES = {
    "page": "/",
    "login": "/login",
    "file": "/static/img/favicon.ico",
    "redirect": "/admin/",
    "not found": "/finns-inte",
    "no such case": "/admin/case/edit/?id=999999",
    "wrong method": "/logout",
    "health": "/healthz",
    "static, not found": "/static/finns-inte.css",
}
NONCE = re.compile(r"'nonce-([\w-]{20,})'")


def assert_guarded(response: TestResponse) -> None:
    headers = response.headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "object-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "base-uri 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "Server" not in headers or "gensvar" not in headers["Server"].lower()


@pytest.mark.parametrize("place", PLACES)
def test_every_response_is_guarded(client: Client, town: object, place: str):
    assert_guarded(client.get(PLACES[place]))


@pytest.fixture
def crash(app: Flask) -> Iterator[None]:
    """The start page has a bug, and the application runs as it does for people."""
    page, app.view_functions["public.home"] = app.view_functions["public.home"], lambda: 1 / 0
    app.testing = False
    yield
    app.testing = True
    app.view_functions["public.home"] = page


def test_a_crash_is_guarded_and_tells_nothing(client: Client, crash: None):
    response = client.get("/")
    assert response.status_code == 500
    assert_guarded(response)
    for secret in ("Traceback", "ZeroDivisionError", "sqlalchemy", ".py"):
        assert secret not in response.text


def test_no_two_responses_share_a_nonce(client: Client, town: object):
    policies = [client.get("/").headers["Content-Security-Policy"] for _ in range(2)]
    first, second = (set(NONCE.findall(policy)) for policy in policies)
    assert len(first) == len(second) == 1
    assert first != second


def test_pages_are_not_kept_and_files_are(client: Client, town: object):
    assert client.get("/login").headers["Cache-Control"] == "no-store"
    assert "max-age=31536000" in client.get("/static/img/favicon.ico").headers["Cache-Control"]
