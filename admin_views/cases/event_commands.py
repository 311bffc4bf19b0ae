"""Changing and taking back what is registered: Ändra, Tidigare versioner, Ta bort, Makulera."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_admin import BaseView, expose
from flask_babel import gettext as _

from admin_views.base import GuardedView
from admin_views.cases.commands import case_or_404
from admin_views.cases.event_edit import EventEditing
from admin_views.cases.letters import back_to_event, event_or_404, refusal
from domain.errors import DomainError
from domain.event_rules import may_remove, may_void, needs_reason
from domain.permissions import Permission, can
from models import Case, Event
from queries.configuration import configuration
from queries.event_revisions import event_of, revisions_of
from services.correspondence.removing import MAX_REASON, remove_event, void_event
from services.correspondence.taking_back import consequences
from services.unit_of_work import unit_of_work
from web.access import note_access
from web.rendering import sentence
from web.session import current_actor

TAKE_BACK = "admin/case/event/take_back.html"


class EventCommandsView(EventEditing, GuardedView, BaseView):
    """What is done with one event, by its number in the case. No menu entry."""

    read_permission = Permission.CASE_VIEW

    def is_visible(self) -> bool:
        return False

    @expose("/")
    def index(self) -> Any:
        abort(404)

    @expose("/<int:case_id>/<int:number>/versions")
    def versions(self, case_id: int, number: int) -> Any:
        """Tidigare versioner, with who changed what when."""
        case, event = _found(case_id, number)
        if not can(current_actor(), Permission.EVENT_VIEW, case):
            abort(403)
        note_access("event", case.id, str(event.number))
        return self.render(
            "admin/case/event/versions.html",
            case=case,
            event=event,
            revisions=revisions_of(event.id),
            shows_recipient=can(current_actor(), Permission.CASE_VIEW_SUBMITTER, case),
        )

    @expose("/<int:case_id>/<int:number>/remove", methods=("GET", "POST"))
    def remove(self, case_id: int, number: int) -> Any:
        """Ta bort asks on a page of its own, and for the reason where one is needed."""
        case = case_or_404(case_id)
        is_sent = request.method == "POST"  # a double click finds it removed, and is told so
        event = event_of(case.id, number, removed_too=is_sent) or abort(404)
        if refused := refusal(event, may_remove(event, case, current_actor())):
            return refused
        if request.method == "GET":
            return self._ask(case, event, is_voiding=False)
        try:
            with unit_of_work():
                remove_event(event, case, _reason(), actor=current_actor())
        except DomainError as error:
            return self._ask(case, event, is_voiding=False, error=error)
        flash(_("Händelsen är borttagen."), "success")
        return redirect(url_for("case.edit_view", id=case.id, _anchor="korrespondens"))

    @expose("/<int:case_id>/<int:number>/void", methods=("GET", "POST"))
    def void(self, case_id: int, number: int) -> Any:
        """Makulera asks for the reason, and says what follows."""
        case, event = _found(case_id, number)
        if refused := refusal(event, may_void(event, case, current_actor())):
            return refused
        if request.method == "GET":
            return self._ask(case, event, is_voiding=True)
        try:
            with unit_of_work():
                stopped = void_event(event, case, _reason(), actor=current_actor())
        except DomainError as error:
            return self._ask(case, event, is_voiding=True, error=error)
        said = _("Mejlet är makulerat och skickas inte.") if stopped else _("Makulerat.")
        flash(said, "success")
        return back_to_event(event)

    def _ask(
        self, case: Case, event: Event, *, is_voiding: bool, error: DomainError | None = None
    ) -> Any:
        layout = configuration().case_type(case.case_type_id) or abort(404)
        page = self.render(
            TAKE_BACK,
            case=case,
            event=event,
            is_voiding=is_voiding,
            needs_reason=is_voiding or needs_reason(event),
            follows=[_(c.sentence, **c.values) for c in consequences(case, layout, event)],
            reason=request.form.get("reason", "")[: 4 * MAX_REASON],
            error=sentence(error) if error else "",
        )
        return page, error.status if error else 200


def _found(case_id: int, number: int) -> tuple[Case, Event]:
    case = case_or_404(case_id)
    return case, event_or_404(case, number)


def _reason() -> str:
    return request.form.get("reason", "")
