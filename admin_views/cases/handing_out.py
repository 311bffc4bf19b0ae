"""Lämna ut handling: choose, look at the copy, and make it."""

from __future__ import annotations

import secrets
from typing import Any

from flask import abort, flash, request
from flask_admin import BaseView, expose
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from admin_views.base import GuardedView
from admin_views.cases.commands import back_to, case_or_404
from admin_views.cases.letters import back_to_event
from domain.case_parts import WORK_NOTES, Files, offered_files
from domain.clock import local_date, local_today
from domain.errors import DomainError
from domain.events import KINDS
from domain.permissions import Permission, can
from domain.richtext import html_to_text
from extensions import db
from forms.fields import add_error
from forms.hand_out_form import HandOutForm, hand_out_form
from models import Case, Event
from queries.case_document import printed_events, printed_files
from queries.secrecy import grounds_on
from services.correspondence.handing_out import hand_out, looked_at
from services.correspondence.posting import COPY, keep_copy
from services.documents.case_content import Content
from services.documents.of_event import document_of
from services.unit_of_work import unit_of_work
from web.access import note_access
from web.downloads import made_pdf
from web.rendering import sentence
from web.session import current_actor

PAGE = "admin/case/hand_out.html"


class CaseHandOutView(GuardedView, BaseView):
    """Behind the menu Mer. No page of its own, so no menu entry."""

    read_permission = Permission.EVENT_EXTERNAL

    def is_visible(self) -> bool:
        return False

    @expose("/")
    def index(self) -> Any:
        abort(404)

    @expose("/<int:case_id>", methods=("GET", "POST"))
    def hand_out(self, case_id: int) -> Any:
        """The choice; the first button shows the copy, the second makes it."""
        case = case_or_404(case_id)
        if not can(current_actor(), Permission.EVENT_EXTERNAL, case):
            abort(403)
        if request.method == "GET":
            return self._show(case, _form(case))
        form = _form(case, request.form)
        if not form.validate():
            return self._show(case, form, status=422)
        try:
            if request.form.get("_do") == "make":
                return _make(case, form)
            content = looked_at(case, form.wanted(), current_actor())
        except DomainError as error:
            db.session.rollback()
            return self._refused(case_or_404(case_id), form, error)
        note_access("hand-out", case_id)
        return self._show(case, form, content)

    def _refused(self, case: Case, form: HandOutForm, error: DomainError) -> Any:
        name = getattr(error, "field", "")
        if name in form:
            add_error(form[name], sentence(error))
        said = "" if name in form else sentence(error)
        return self._show(case, form, said=said, status=error.status)

    def _show(
        self,
        case: Case,
        form: HandOutForm,
        content: Content | None = None,
        said: str = "",
        status: int = 200,
    ) -> Any:
        items = [(f.id, f.label.text, e) for f in form for e in f.errors]
        items += [("", "", said)] if said else []
        return self.render(
            PAGE, case=case, form=form, error_items=items, copy=content, plain=html_to_text
        ), status


def _form(case: Case, sent: Any = None) -> HandOutForm:
    actor = current_actor()
    events = printed_events(case.id) if can(actor, Permission.EVENT_VIEW, case) else []
    if not can(actor, Permission.CASE_VIEW_INTERNAL, case):
        events = [e for e in events if e.purpose not in WORK_NOTES]
    usual = [e.number for e in events if e.purpose not in WORK_NOTES and e.state != "draft"]
    first = {
        "key": secrets.token_urlsafe(24),
        "decided_by": actor.name,
        "events": usual,
        "extent": "",
    }
    form = hand_out_form(sent, first)
    form.offer(case, actor)
    form.offer_grounds(grounds_on(local_today()))
    form.events.choices = [
        SelectChoice(e.number, f"{e.number}. {e.title} ({_(KINDS.get(e.kind, e.kind))}, "
                               f"{local_date(e.happened_at).isoformat()})")
        for e in events
    ]  # fmt: skip
    files = printed_files(case.id, COPY) if Files.MERGED in offered_files(case, actor) else []
    form.files.choices = [SelectChoice(n, file.filename) for n, file in enumerate(files, 1)]
    return form


def _make(case: Case, form: HandOutForm) -> Any:
    with unit_of_work():
        event = hand_out(
            case, form.wanted(), form.trial(), key=str(form.key.data), actor=current_actor()
        )
    if event is None:
        flash(_("Kopian är redan skapad."), "info")
        return back_to(case.id)
    note_access("hand-out", case.id, str(event.number))
    _keep(case, event)
    flash(_("Utlämnandekopian är skapad och sparad bland händelserna."), "success")
    return back_to_event(event)


def _keep(case: Case, event: Event) -> None:
    """The PDF as it is handed out. One that takes long is kept when it is shown first."""
    raw = made_pdf([document_of(event, case)])
    if raw is not None:
        with unit_of_work():
            keep_copy(event, case, raw, actor=current_actor())
