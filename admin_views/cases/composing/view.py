"""The page behind every row of Välj ny händelse…: a verdict, a form and one POST."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_admin import BaseView, expose
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from admin_views.base import GuardedView, telling_refusals
from admin_views.cases.commands import case_or_404
from admin_views.cases.composing.composer import Composition
from admin_views.cases.composing.kinds import COMPOSERS
from admin_views.cases.composing.page import ComposePage, form_key, typed_values
from admin_views.cases.writing import BUTTON, compose_writing, insert_in_message
from domain.dates import day_and_time
from domain.errors import DomainError, NotAllowed
from domain.file_types import megabytes
from domain.layout import CaseTypeLayout, EventTemplateItem
from domain.permissions import Permission
from models import Case
from queries.configuration import configuration
from services.correspondence import draft
from services.correspondence.drafts import draft_of, forget_draft, save_draft
from services.unit_of_work import unit_of_work
from web.access import note_access
from web.rendering import sentence
from web.session import current_actor

PAGE = "admin/case/compose/page.html"


class CaseEventsView(GuardedView, BaseView):
    """One generic page for every event template; the kinds differ in their composer."""

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
        if request.method == "POST" and request.form.get("_do") in EARLY:
            return EARLY[request.form["_do"]](case, item)
        try:
            with unit_of_work():  # the draft may have to issue the citizen's link anew
                first = draft(case, layout, item, actor=current_actor(), user=current_user)
        except NotAllowed as error:
            return _not_now(case, item, error)
        work = Composition(case, layout, item, first, current_actor())
        sent = request.form if request.method == "POST" else None
        saved = draft_of(case, item.id, work.actor)
        page = ComposePage(work, COMPOSERS[item.kind], sent, saved)
        return self._sent(page) if sent is not None else self._show(page)

    def _show(self, page: ComposePage, status: int = 200) -> Any:
        note_access("event", page.case.id)
        return self.render(
            PAGE,
            page=page,
            case=page.case,
            item=page.item,
            draft=page.work.first,
            composer=page.composer,
            form=page.form,
            sender_user=current_user,
            megabytes=megabytes,
            error_items=list(page.error_items()),
            writing=compose_writing(page),
        ), status

    def _sent(self, page: ComposePage) -> Any:
        """The person pressed a button. Files are kept first, whatever else is wrong."""
        wanted, _sep, argument = request.form.get("_do", "send").partition(":")
        page.files.take(argument if wanted == "remove" else "")
        if wanted == BUTTON:
            insert_in_message(page)
        if wanted not in ACTING or (wanted == "draft" and page.files.refused):
            return self._show(page, 422 if page.files.refused else 200)
        try:
            return self._do(page, wanted)
        except DomainError as error:
            page.add_problem(error)
            return self._show(page, error.status)

    def _do(self, page: ComposePage, wanted: str) -> Any:
        if wanted == "draft":
            return _keep(page)
        if not page.form.validate() or page.files.refused:
            return self._show(page, 422)
        if wanted == "preview":
            page.make_preview()
            return self._show(page)
        return _carry_out(page)


def _carry_out(page: ComposePage) -> Response:
    with unit_of_work():
        event = page.composer.carry_out(page.work, page.form, page.files.chosen)
        forget_draft(page.case.id, page.item.id, page.work.actor)
    said = str(page.composer.done) if event else _("Händelsen var redan registrerad.")
    flash(said, "success")
    return _back(page.case)


def _keep(page: ComposePage) -> Response:
    """Spara utkast: the form again, as it was left."""
    with unit_of_work():
        _save(page.case, page.item, page.key)
    return redirect(url_for(".compose", case_id=page.case.id, template=page.item.key), 303)


def _autosave(case: Case, item: EventTemplateItem) -> Any:
    """The same by the script, while the person writes: no files, no page."""
    try:
        with unit_of_work():
            saved_at = _save(case, item, form_key(request.form) or abort(422))
    except DomainError as error:
        return {"error": sentence(error)}, error.status
    return {"saved": saved_at}


def _save(case: Case, item: EventTemplateItem, key: str) -> str:
    """The sentence about it; "" when the form was carried out already."""
    row = save_draft(case, item.id, key, typed_values(), actor=current_actor())
    return _("Utkast sparat %(time)s", time=day_and_time(row.saved_at)) if row else ""


def _start_over(case: Case, item: EventTemplateItem) -> Response:
    """Börja om: the draft is thrown away."""
    with unit_of_work():
        forget_draft(case.id, item.id, current_actor())
    return redirect(url_for(".compose", case_id=case.id, template=item.key), 303)


ACTING = ("send", "draft", "preview")
"""Buttons that do something with the form. After any other one it is shown again as it is."""

EARLY = {"autosave": _autosave, "restart": _start_over}
"""Buttons that need no form."""


def _not_now(case: Case, item: EventTemplateItem, error: NotAllowed) -> Response:
    """It may not be used (any more). What was typed meanwhile is kept as a draft."""
    flash(sentence(error), "danger")
    if request.method == "POST" and form_key(request.form):
        with telling_refusals(), unit_of_work():
            if _save(case, item, form_key(request.form)):
                flash(_("Din text är sparad som utkast."), "info")
    return _back(case)


def _template(layout: CaseTypeLayout, key: str) -> EventTemplateItem | None:
    offered = (t for t in layout.event_templates if t.kind in COMPOSERS)
    return next((t for t in offered if t.key == key), None)


def _back(case: Case) -> Response:
    return redirect(url_for("case.edit_view", id=case.id, _anchor="korrespondens"))
