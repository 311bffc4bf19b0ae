"""The staff pages: every view in menu order, and the door in front of all of them."""

from __future__ import annotations

from typing import Any

from flask import Flask, request
from flask_admin import Admin
from flask_admin.theme import Theme
from flask_login import current_user

from admin_views import auth
from admin_views.cases import CaseCommandsView, CaseEventsView, CaseView, direct_link
from admin_views.home import HomeView
from admin_views.navigation import navigation
from extensions import db
from models import Case
from web import session
from web.headers import csp_nonce
from web.session import ask_for_login


def register(app: Flask) -> None:
    """Bind the login pages, the menu and every view to `app`."""
    session.register(app)
    app.register_blueprint(auth.blueprint)
    app.before_request(_keep_strangers_out)
    direct_link.register(app)
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
    admin.add_view(CaseView(Case, db, name="Ärenden", endpoint="case", url="case"))
    admin.add_view(CaseCommandsView(endpoint="case_commands", url="case/do"))
    admin.add_view(CaseEventsView(endpoint="case_events", url="case/event"))


def _keep_strangers_out() -> Any:
    """Everything below /admin is for people who are signed in, whatever a view says (T06)."""
    inside = request.path == "/admin" or request.path.startswith("/admin/")
    if inside and not current_user.is_authenticated:
        return ask_for_login()
    return None
