"""Historik: what was done with a case (Ändringslogg), and who read it (Åtkomstlogg)."""

from __future__ import annotations

from typing import Any

from flask import abort, request
from flask_admin import BaseView, expose
from flask_babel import gettext as _

from admin_views.base import GuardedView
from admin_views.cases.commands import case_or_404
from admin_views.cases.history_lines import history_line
from domain.permissions import Permission, can
from domain.row_ids import row_id
from forms.config.log_words import READINGS
from models import AccessEntry, Case
from queries.configuration import configuration
from queries.history import accesses_of, changes_of
from queries.secrecy import notes_left_at
from web.access import note_access
from web.session import current_actor

OF_EVENTS = ("event", "letter")


class CaseHistoryView(GuardedView, BaseView):
    """Two pages of one case. No page of its own, so no menu entry."""

    read_permission = Permission.CASE_VIEW_HISTORY

    def is_visible(self) -> bool:
        return False

    @expose("/")
    def index(self) -> Any:
        abort(404)

    @expose("/<int:case_id>")
    def changes(self, case_id: int) -> Any:
        """Ändringslogg: newest first, with old and new."""
        case = _case(case_id, Permission.CASE_VIEW_HISTORY)
        layout = configuration().case_type(case.case_type_id) or abort(404)
        before = row_id(request.args.get("before", ""))
        page, actor = changes_of(case.id, before), current_actor()
        left = notes_left_at(case.id)
        lines = [history_line(entry, case, layout, actor, left) for entry in page.entries]
        return self._show("history.html", case, lines=lines, page=page)

    @expose("/<int:case_id>/readers")
    def accesses(self, case_id: int) -> Any:
        """Åtkomstlogg: who read the case, its files and letters."""
        case = _case(case_id, Permission.CASE_VIEW_ACCESS)
        page = accesses_of(case.id, row_id(request.args.get("before", "")))
        return self._show("history_readers.html", case, page=page, reading=reading)

    def _show(self, template: str, case: Case, **context: Any) -> Any:
        note_access("history", case.id)
        return self.render(
            f"admin/case/{template}",
            case=case,
            is_first=row_id(request.args.get("before", "")) is None,
            may_see_readers=can(current_actor(), Permission.CASE_VIEW_ACCESS, case),
            **context,
        )


def reading(entry: AccessEntry) -> str:
    """What was read, in words: "Fil hämtad: plan.pdf"."""
    what = _(READINGS[entry.what]) if entry.what in READINGS else entry.what
    detail = entry.detail
    if detail and entry.what in OF_EVENTS:
        detail = _("Händelse %(number)s", number=detail)
    return f"{what}: {detail}" if detail else what


def _case(case_id: int, right: Permission) -> Case:
    case = case_or_404(case_id)
    if not can(current_actor(), right, case):
        abort(403)
    return case
