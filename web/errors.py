"""Error pages that help, and that tell strangers nothing."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Flask, current_app, render_template, request
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from extensions import db
from web.access import STAFF, note_refusal

PAGES = (400, 403, 404, 405, 409, 413, 429, 500, 503)
"""Each has a page for citizens and strangers (templates/errors), and one with the menu of the staff
for who is signed in (templates/admin/errors).
"""


def register(app: Flask) -> None:
    """Use our pages for every HTTP error and every uncaught exception."""
    app.register_error_handler(CSRFError, _bad_token)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(OperationalError, _database_away)
    app.register_error_handler(Exception, _crash)


def _page(code: int, **context: object) -> tuple[str, int]:
    name = code if code in PAGES else 400 if code < 500 else 500
    return _staff_page(name, context) or render_template(f"errors/{name}.html", **context), code


def _staff_page(name: int, context: dict[str, object]) -> str:
    """The page in the frame of the staff, "" for strangers and when the frame itself fails."""
    if not request.path.startswith(STAFF):
        return ""
    try:
        if current_user.is_authenticated:
            return render_template(f"admin/errors/{name}.html", **context)
    except Exception:
        current_app.logger.exception("The staff's page of error %s failed", name)
        db.session.rollback()
    return ""


def _bad_token(error: CSRFError) -> tuple[str, int]:
    return _page(400, session_ended=True)


def _http_error(error: HTTPException) -> Any:
    if error.code is None or error.code < 400:
        return error  # redirects are exceptions too
    note_refusal(error.code)
    body, code = _page(error.code)
    response = error.get_response()
    response.set_data(body)
    response.content_type = "text/html; charset=utf-8"
    return response, code


def _database_away(error: OperationalError) -> tuple[str, int, dict[str, str]]:
    """The database is locked, full or restarting: no bug, and worth another try (F06, F11, F12)."""
    db.session.rollback()
    current_app.logger.error("The database did not answer: %s", error.orig)
    body, code = _page(503)
    return body, code, {"Retry-After": "10"}


def _crash(error: Exception) -> tuple[str, int]:
    """A bug. The log gets the traceback and the person a reference to give us."""
    if current_app.testing:
        raise error
    reference = secrets.token_hex(4)
    current_app.logger.exception("Unhandled error %s", reference)
    db.session.rollback()
    return _page(500, reference=reference)
