"""Kopiera (manual H08): a page that says what goes along, then the new case."""

from __future__ import annotations

import secrets
from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_admin import BaseView, expose
from flask_babel import gettext as _

from admin_views.base import GuardedView
from admin_views.cases.commands import back_to, case_or_404
from admin_views.cases.neighbours import list_url
from domain.errors import DomainError
from domain.permissions import Permission, can
from models import Case
from queries.cases import find_case
from queries.configuration import configuration
from services.cases.copying import copy_case, copy_plan
from services.unit_of_work import unit_of_work
from web.rendering import sentence
from web.session import current_actor

PAGE = "admin/case/copy.html"


class CaseCopyView(GuardedView, BaseView):
    """One address: GET asks, POST makes the copy, once per page that was shown."""

    read_permission = Permission.CASE_COPY

    def is_visible(self) -> bool:
        return False

    @expose("/")
    def index(self) -> Any:
        abort(404)

    @expose("/<int:case_id>", methods=("GET", "POST"))
    def copy(self, case_id: int) -> Any:
        """Kopiera ärendet."""
        case = case_or_404(case_id)
        actor = current_actor()
        if not can(actor, Permission.CASE_COPY, case):
            abort(403)
        layout = configuration().case_type(case.case_type_id) or abort(404)
        if request.method == "GET":
            return self._show(case)
        try:
            with unit_of_work():
                copy = copy_case(case, layout, key=_sent_key(), actor=actor)
                number = copy.id if copy else None
        except DomainError as error:
            return self._show(case_or_404(case_id), sentence(error)), error.status
        if number is None:
            flash(_("Ärendet var redan kopierat."), "info")
            return back_to(case_id)
        flash(_("Ärende %(number)s är en kopia av ärende %(from_number)s.",
                number=number, from_number=case_id), "success")  # fmt: skip
        if find_case(number, current_actor()) is None:
            return redirect(list_url(case_or_404(case_id)))
        return redirect(url_for("case.edit_view", id=number))

    def _show(self, case: Case, error: str = "") -> Any:
        layout = configuration().case_type(case.case_type_id) or abort(404)
        plan = copy_plan(case, layout, current_actor())
        key = request.form.get("key") or secrets.token_urlsafe(24)
        return self.render(PAGE, case=case, plan=plan, key=key, error=error)


def _sent_key() -> str:
    """A form without its key is not one of ours."""
    key = request.form.get("key", "")
    return key if 16 <= len(key) <= 64 else abort(400)
