"""A test client that behaves like a browser on another machine.

Every request runs in a context of its own, as on a real server: what a view forgot to commit is
gone afterwards. The test's own session is committed before a request and reads anew after it.
CSRF protection stays on; unsafe requests carry a valid token unless the test says `csrf=False`.
"""

from __future__ import annotations

from contextvars import Context
from typing import Any

from flask import has_app_context
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from extensions import db
from models import User
from web.session import start_session

SAFE = ("GET", "HEAD", "OPTIONS")
RAW_TOKEN = "0" * 40


class Client(FlaskClient):
    """`client.get(path)`, `client.post(path, data={...})`, `client.login("registrator.hjo")`."""

    def open(self, *args: Any, csrf: bool = True, **kwargs: Any) -> TestResponse:
        settle()
        kwargs.setdefault("buffered", True)  # files are read and closed
        if csrf and isinstance(args[0], str) and kwargs.get("method", "GET") not in SAFE:
            kwargs["headers"] = {
                "X-CSRFToken": self.csrf_token(),
                **dict(kwargs.get("headers") or {}),
            }
        return Context().run(super().open, *args, **kwargs)

    def csrf_token(self) -> str:
        """A token that this client's session accepts."""
        with self.session_transaction() as session:
            raw = session.setdefault("csrf_token", RAW_TOKEN)
        key = self.application.secret_key
        return URLSafeTimedSerializer(key, salt="wtf-csrf-token").dumps(raw)

    def login(self, username: str) -> Client:
        """Sign in as `username` without the login page. Returns the client."""
        settle()
        with self.session_transaction() as session:
            session.update(Context().run(self._session_of, username))
        return self

    def _session_of(self, username: str) -> dict[str, Any]:
        from flask import session

        with self.application.test_request_context():
            user = db.session.scalar(db.select(User).filter_by(username=username))
            if user is None:
                raise LookupError(f"Nobody has the user name {username}.")
            start_session(user)
            return dict(session)


def settle() -> None:
    """End the test's own transaction, so that a request sees its rows and it sees the request's."""
    if has_app_context():
        db.session.commit()
