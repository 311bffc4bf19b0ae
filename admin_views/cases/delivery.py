"""Försök igen on the card of an event whose mail did not arrive."""

from __future__ import annotations

from typing import Any

from flask import abort, flash
from flask_admin import BaseView, expose
from flask_babel import gettext as _

from admin_views.base import GuardedView, telling_refusals
from admin_views.cases.commands import case_or_404
from admin_views.cases.letters import back_to_event, event_or_404
from domain.permissions import Permission
from services.retrying import may_retry, retry_event
from services.unit_of_work import unit_of_work
from web.session import current_actor


class CaseDeliveryView(GuardedView, BaseView):
    """What is done about a mail of the case. No page of its own, so no menu entry."""

    read_permission = Permission.CASE_VIEW

    def is_visible(self) -> bool:
        return False

    @expose("/")
    def index(self) -> Any:
        abort(404)

    @expose("/<int:case_id>/<int:number>/retry", methods=("POST",))
    def retry(self, case_id: int, number: int) -> Any:
        """The same mail once more, under the same Message-ID."""
        case = case_or_404(case_id)
        event = event_or_404(case, number)
        if not may_retry(current_actor(), case, event):
            abort(403)
        with telling_refusals():
            with unit_of_work():
                retry_event(event, actor=current_actor())
            flash(_("Mejlet skickas igen."), "success")
        return back_to_event(event)
