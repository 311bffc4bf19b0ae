"""Hjälp: the manual inside the program, for everybody who is signed in."""

from __future__ import annotations

from typing import Any

from flask import abort, request
from flask_admin import BaseView, expose

from admin_views.base import GuardedView
from admin_views.help_contents import BY_SLUG, PAGES, READERS
from admin_views.help_search import LONGEST_QUERY, search, sections_of
from domain.permissions import Permission
from web.session import current_actor


class HelpView(GuardedView, BaseView):
    """/admin/help/: contents and search, and one address for each page."""

    read_permission = Permission.PROFILE_EDIT

    def is_accessible(self) -> bool:
        """Everybody who is signed in may read everything, also the one who got no role yet."""
        return current_actor().is_active

    def is_visible(self) -> bool:
        return False

    @expose("/")
    def index(self) -> Any:
        query = request.args.get("q", "").replace("\0", "").strip()[:LONGEST_QUERY]
        return self.render(
            "admin/help/index.html",
            readers=[(name, [BY_SLUG[slug] for slug in slugs]) for name, slugs in READERS],
            query=query,
            hits=search(query) if query else [],
        )

    @expose("/<slug>")
    def page(self, slug: str) -> Any:
        shown = BY_SLUG.get(slug) or abort(404)
        place = PAGES.index(shown)
        return self.render(
            "admin/help/page.html",
            page=shown,
            sections=sections_of(slug),
            before=PAGES[place - 1] if place else None,
            after=PAGES[place + 1] if place + 1 < len(PAGES) else None,
        )
