"""The first page after signing in: straight to the cases, or the overview of the configuration."""

from __future__ import annotations

from typing import Any

from flask import redirect, url_for
from flask_admin import BaseView, expose

from admin_views.base import GuardedView
from admin_views.navigation import navigation
from domain.permissions import Permission
from queries.configuration import configuration
from services.actors import case_types_for
from web.session import current_actor


class HomeView(GuardedView, BaseView):
    """/admin/. Flask-Admin's own index view is open to everybody and serves its old scripts."""

    read_permission = Permission.PROFILE_EDIT

    def is_accessible(self) -> bool:
        """Everybody who is signed in has a first page, also the one who got no role yet."""
        return current_actor().is_active

    def is_visible(self) -> bool:
        return False

    @expose("/")
    def index(self) -> Any:
        mine = case_types_for(current_actor(), Permission.CASE_LIST, configuration())
        if mine:
            return redirect(url_for("case.index_view", type=mine[0].key))
        return self.render("admin/home.html", groups=navigation())
