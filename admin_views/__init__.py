"""The staff pages: every view in menu order, and the door in front of all of them."""

from __future__ import annotations

from typing import Any

from flask import Flask, request
from flask_admin import Admin
from flask_admin.theme import Theme
from flask_login import current_user

from admin_views import auth
from admin_views.home import HomeView
from admin_views.navigation import navigation
from web import session
from web.headers import csp_nonce
from web.session import ask_for_login


def register(app: Flask) -> None:
    """Bind the login pages, the menu and every view to `app`."""
    session.register(app)
    app.register_blueprint(auth.blueprint)
    app.before_request(_keep_strangers_out)
    app.jinja_env.globals["navigation"] = navigation
    admin = Admin(
        app,
        name="Gensvar",
        theme=Theme(folder="bootstrap4", base_template="admin/base.html"),
        index_view=HomeView(name="Start", endpoint="admin", url="/admin"),
        csp_nonce_generator=csp_nonce,
    )
    _add_views(admin)


def _add_views(admin: Admin) -> None:
    """Every page, in menu order."""


def _keep_strangers_out() -> Any:
    """Everything below /admin is for people who are signed in, whatever a view says (T06)."""
    inside = request.path == "/admin" or request.path.startswith("/admin/")
    if inside and not current_user.is_authenticated:
        return ask_for_login()
    return None
