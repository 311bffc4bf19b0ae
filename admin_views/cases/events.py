"""Välj ny händelse…: the compose page of one event template on one case."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_admin import BaseView, expose
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from admin_views.base import GuardedView
from admin_views.cases.commands import case_or_404
from admin_views.cases.parts import OFFERED_KINDS
from domain.errors import DomainError, NotAllowed
from domain.layout import CaseTypeLayout, EventTemplateItem
from domain.permissions import Permission
from forms.event_form import EmailForm, EventForm
from forms.fields import add_error
from models import Case, utcnow
from queries.configuration import configuration
from services.correspondence import Draft, draft, register_event, send_email
from services.unit_of_work import unit_of_work
from web.rendering import sentence
from web.session import current_actor

COMPOSE_TEMPLATE = "admin/case/compose.html"


class CaseEventsView(GuardedView, BaseView):
    """One generic page for every event template: a row, a verdict, a form and one POST."""

    read_permission = Permission.CASE_VIEW

    def is_visible(self) -> bool:
        return False

    @expose("/")
    def index(self) -> Any:
        abort(404)

    @expose("/<int:case_id>/<template>", methods=("GET", "POST"))
    def compose(self, case_id: int, template: str) -> Any:
        case = case_or_404(case_id)
        layout = configuration().case_type(case.case_type_id) or abort(404)
        item = _template(layout, template) or abort(404)
        try:
            with unit_of_work():  # the draft may have to issue the citizen's link anew
                first = draft(case, layout, item, actor=current_actor(), user=current_user)
        except NotAllowed as error:
            flash(sentence(error), "danger")
            return _back(case)
        form = _form(item, first)
        if request.method == "POST" and form.validate():
            return self._register(case, layout, item, first, form)
        return self._show(case, item, first, form, 422 if request.method == "POST" else 200)

    def _show(
        self, case: Case, item: EventTemplateItem, first: Draft, form: Any, status: int
    ) -> Any:
        items = [(f.id, f.label.text, e) for f in form for e in f.errors]
        return self.render(
            COMPOSE_TEMPLATE, case=case, item=item, draft=first, form=form, error_items=items
        ), status

    def _register(
        self, case: Case, layout: CaseTypeLayout, item: EventTemplateItem, first: Draft, form: Any
    ) -> Any:
        try:
            with unit_of_work():
                event = _carry_out(case, layout, item, first, form)
        except DomainError as error:
            return self._refuse(case.id, item, first, form, error)
        flash(_done(item) if event else _("Händelsen var redan registrerad."), "success")
        return _back(case)

    def _refuse(
        self, case_id: int, item: EventTemplateItem, first: Draft, form: Any, error: DomainError
    ) -> Any:
        name = getattr(error, "field", "")
        if name in form:
            add_error(form[name], sentence(error))
        else:
            flash(sentence(error), "danger")
        return self._show(case_or_404(case_id), item, first, form, error.status)


def _template(layout: CaseTypeLayout, key: str) -> EventTemplateItem | None:
    offered = (t for t in layout.event_templates if t.kind in OFFERED_KINDS)
    return next((t for t in offered if t.key == key), None)


def _carry_out(
    case: Case, layout: CaseTypeLayout, item: EventTemplateItem, first: Draft, form: Any
) -> Any:
    """Hand the checked form to the service of its kind."""
    made = replace(first, title=form.title.data, body=form.body.data)
    common: dict[str, Any] = {"key": str(form.key.data), "actor": current_actor()}
    if item.kind == "email":
        mail = replace(made, recipient_email=form.recipient.data)
        confirmed = bool(form.confirm_recipient.data)
        return send_email(case, layout, item, mail, confirmed_other=confirmed, **common)
    note = replace(made, sender=form.sender.data, recipient_name=form.recipient.data)
    return register_event(case, layout, item, note, happened_at=form.happened_at.data, **common)


def _form(item: EventTemplateItem, first: Draft) -> EmailForm | EventForm:
    formdata = request.form if request.method == "POST" else None
    data: dict[str, Any] = {
        "key": secrets.token_urlsafe(24),
        "title": first.title,
        "body": first.body,
    }
    if item.kind == "email":
        return EmailForm(formdata, data={**data, "recipient": first.recipient_email})
    data |= {
        "happened_at": utcnow(),
        "sender": first.sender,
        "recipient": first.recipient_name,
    }
    return EventForm(formdata, data=data)


def _done(item: EventTemplateItem) -> str:
    if item.kind == "email":
        return _("E-postmeddelandet är registrerat och skickas nu.")
    return _("Händelsen är registrerad.")


def _back(case: Case) -> Response:
    return redirect(url_for("case.edit_view", id=case.id, _anchor="korrespondens"))
