"""Signing in and out: password, second factor, forgotten password, and staying signed in.

The link in a mail leads through here to its case, and a form that was interrupted is carried along
(manual H02, H04, S09, S10). Rules and reasons: docs/decisions/0011-signing-in.md.
"""

from __future__ import annotations

from flask import Blueprint

from admin_views.auth import forgotten, keeping, login, steps
from admin_views.auth.login import ask_again

__all__ = ["ask_again", "blueprint"]

GET_POST = ("GET", "POST")

blueprint = Blueprint("auth", __name__)
blueprint.add_url_rule("/login", "login", login.login, methods=GET_POST)
blueprint.add_url_rule("/logout", "logout", login.logout, methods=("POST",))
blueprint.add_url_rule("/login/code", "code", steps.code, methods=GET_POST)
blueprint.add_url_rule("/login/set-up", "set_up", steps.set_up, methods=GET_POST)
blueprint.add_url_rule("/login/forgotten", "forgotten", forgotten.forgotten, methods=GET_POST)
blueprint.add_url_rule("/losenord/<token>", "choose_password", forgotten.choose, methods=GET_POST)
blueprint.add_url_rule("/login/session", "session_left", keeping.session_left)
blueprint.add_url_rule("/login/renew", "renew", keeping.renew, methods=("POST",))
blueprint.add_app_template_global(keeping.session_state)
