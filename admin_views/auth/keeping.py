"""Staying signed in: how long is left, and one more click (WCAG 2.2.1). Read by session.js."""

from __future__ import annotations

import math

from flask import jsonify
from flask_login import current_user
from werkzeug.wrappers import Response

from models import utcnow
from web.session import ask_for_login, open_session_of_request


def session_state() -> dict[str, int | bool]:
    """Seconds that are left of the session, and whether a click makes it longer."""
    opened = open_session_of_request()
    if opened is None:
        return {"left": 0, "renewable": False}
    left = math.ceil((opened.ends_at - utcnow()).total_seconds())
    return {"left": max(left, 0), "renewable": opened.can_be_renewed}


def session_left() -> Response:
    """How long is left. Asking is no sign of life: an open tab alone keeps nobody signed in."""
    return jsonify(session_state()) if current_user.is_authenticated else ask_for_login()


def renew() -> Response:
    """Fortsätt vara inloggad."""
    return jsonify(session_state()) if current_user.is_authenticated else ask_for_login()
