"""The page behind every row of Välj ny händelse…: a verdict, a form and one POST."""

from __future__ import annotations

import secrets
from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_admin import BaseView, expose
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from admin_views.base import GuardedView
from admin_views.cases.commands import case_or_404
from admin_views.cases.composing.composer import Composer, Composition
from admin_views.cases.composing.kinds import COMPOSERS
from domain.errors import DomainError, NotAllowed
from domain.layout import CaseTypeLayout, EventTemplateItem
from domain.permissions import Permission
from forms.fields import add_error
from models import Case
from queries.configuration import configuration
from services.correspondence import draft
from services.correspondence.files import ChosenFiles
from services.unit_of_work import unit_of_work
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
        try:
            with unit_of_work():  # the draft may have to issue the citizen's link anew
                first = draft(case, layout, item, actor=current_actor(), user=current_user)
        except NotAllowed as error:
            flash(sentence(error), "danger")
            return _back(case)
        work = Composition(case, layout, item, first, current_actor())
        composer = COMPOSERS[item.kind]
        formdata = request.form if request.method == "POST" else None
        form = composer.form(work, formdata, _prefilled(work))
        if request.method == "POST" and form.validate():
            return self._register(work, composer, form)
        return self._show(work, composer, form, 422 if request.method == "POST" else 200)

    def _show(self, work: Composition, composer: Composer, form: Any, status: int) -> Any:
        items = [(f.id, f.label.text, e) for f in form for e in f.errors]
        return self.render(
            PAGE,
            case=work.case,
            item=work.item,
            draft=work.first,
            composer=composer,
            form=form,
            error_items=items,
        ), status

    def _register(self, work: Composition, composer: Composer, form: Any) -> Any:
        files = ChosenFiles(str(form.key.data))
        try:
            with unit_of_work():
                event = composer.carry_out(work, form, files)
        except DomainError as error:
            return self._refuse(work, composer, form, error)
        flash(str(composer.done) if event else _("Händelsen var redan registrerad."), "success")
        return _back(work.case)

    def _refuse(self, work: Composition, composer: Composer, form: Any, error: DomainError) -> Any:
        name = getattr(error, "field", "")
        if name in form:
            add_error(form[name], sentence(error))
        else:
            flash(sentence(error), "danger")
        return self._show(work, composer, form, error.status)


def _template(layout: CaseTypeLayout, key: str) -> EventTemplateItem | None:
    offered = (t for t in layout.event_templates if t.kind in COMPOSERS)
    return next((t for t in offered if t.key == key), None)


def _prefilled(work: Composition) -> dict[str, Any]:
    return {
        "key": secrets.token_urlsafe(24),
        "title": work.first.title,
        "body": work.first.body,
    }


def _back(case: Case) -> Response:
    return redirect(url_for("case.edit_view", id=case.id, _anchor="korrespondens"))
