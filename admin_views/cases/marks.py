"""★ and 🚩 on a case, from its row in the list and from its page; back to where one was."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_admin import BaseView, expose
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from admin_views.base import GuardedView, telling_refusals
from admin_views.cases.commands import case_or_404
from domain.errors import RuleBroken
from domain.permissions import Permission, can
from models import Case
from queries.case_marks import flags_of
from services.cases.marking import LONGEST_REASON, lower_flag, raise_flag, set_favourite
from services.unit_of_work import unit_of_work
from web.rendering import sentence
from web.session import current_actor, safe_next

PAGE = "admin/case/flag.html"


class CaseMarksView(GuardedView, BaseView):
    """Buttons that are forms of their own. Foreign cases and missing ones are the same 404."""

    read_permission = Permission.CASE_VIEW

    def is_visible(self) -> bool:
        return False

    @expose("/")
    def index(self) -> Any:
        abort(404)

    @expose("/<int:case_id>/favourite", methods=("POST",))
    def favourite(self, case_id: int) -> Any:
        """Favorit, on or off as the button said: pressing twice does the same thing."""
        case = case_or_404(case_id)
        with telling_refusals(), unit_of_work():
            set_favourite(case, request.form.get("on") == "1", actor=current_actor())
        return _back(case_id)

    @expose("/<int:case_id>/flag", methods=("GET", "POST"))
    def flag(self, case_id: int) -> Any:
        """Flagga asks for the reason on a small page of its own."""
        case = _case_to_flag(case_id)
        if request.method == "GET":
            flag = flags_of([case.id]).get(case.id)
            return self._show(case, flag.reason if flag else "")
        try:
            with unit_of_work():
                raise_flag(case, request.form.get("reason", ""), actor=current_actor())
        except RuleBroken as error:
            again = case_or_404(case_id)
            return self._show(again, request.form.get("reason", ""), sentence(error)), 422
        flash(_("Ärende %(number)s är flaggat.", number=case_id), "success")
        return _back(case_id)

    @expose("/<int:case_id>/unflag", methods=("POST",))
    def unflag(self, case_id: int) -> Any:
        """Ta bort flaggan."""
        case = _case_to_flag(case_id)
        with telling_refusals(), unit_of_work():
            lower_flag(case, actor=current_actor())
            flash(_("Flaggan på ärende %(number)s är borttagen.", number=case_id), "success")
        return _back(case_id)

    def _show(self, case: Case, reason: str, error: str = "") -> Any:
        return self.render(
            PAGE, case=case, reason=reason, error=error, back=_address(case.id),
            limit=LONGEST_REASON, flag=flags_of([case.id]).get(case.id),
        )  # fmt: skip


def _case_to_flag(case_id: int) -> Case:
    case = case_or_404(case_id)
    return case if can(current_actor(), Permission.EVENT_NOTE, case) else abort(403)


def _address(case_id: int) -> str:
    """The list as it was, at the row of this case; else the case."""
    asked = safe_next(request.values.get("url")) or url_for("case.edit_view", id=case_id)
    is_list = asked.partition("?")[0] == url_for("case.index_view")
    return f"{asked}#arende-{case_id}" if is_list and "#" not in asked else asked


def _back(case_id: int) -> Response:
    return redirect(_address(case_id))
