"""Nytt ärende: the case form of one case type, empty (manual S06)."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_admin import expose
from flask_babel import gettext as _

from admin_views.cases.border import (
    WANTS_BACK,
    CaseBorder,
    is_about_border,
    sent_passing,
)
from admin_views.cases.files import stage_uploads
from admin_views.cases.page import CasePage
from domain.clock import local_today
from domain.errors import RuleBroken
from domain.layout import CaseTypeLayout
from domain.meanings import Meaning
from domain.permissions import Permission
from extensions import db
from models import Case, Submitter
from queries.configuration import configuration
from services.actors import case_types_for
from services.attachments import attach_staged
from services.cases import open_case
from services.once import claim_key
from services.secret_links import issue_link
from services.unit_of_work import unit_of_work
from web.rendering import sentence
from web.session import current_actor

CREATE_TEMPLATE = "admin/case/create.html"


class CaseCreating(CaseBorder):
    """A new case by hand, for everybody with a role (decision D1)."""

    @expose("/new/", methods=("GET", "POST"))
    def create_view(self) -> Any:
        layout = configuration().case_type(request.args.get("type", "")) or abort(404)
        actor = current_actor()
        if layout not in case_types_for(actor, Permission.CASE_CREATE, configuration()):
            abort(403)
        formdata = request.form if request.method == "POST" else None
        page = CasePage(empty_case(layout), layout, actor, formdata, is_new=True)
        if request.method == "POST":
            return self._create(page)
        return self._show_new(page)

    def _show_new(self, page: CasePage, status: int = 200) -> Any:
        return self.render(CREATE_TEMPLATE, page=page, case=page.case), status  # type: ignore[attr-defined]

    def _create(self, page: CasePage) -> Any:
        if request.form.get("_border") == WANTS_BACK:
            return self._show_new(page)
        refused = stage_uploads(page)
        if not page.validate() or refused:
            return self._show_new(page, 422)
        try:
            with unit_of_work():
                case = self._store_new(page)
        except RuleBroken as error:
            if is_about_border(error):
                return self._ask_people(page, error)
            page.add_error(error.field, sentence(error))
            return self._show_new(page, error.status)
        if case is None:
            flash(_("Ärendet var redan sparat."), "info")
        else:
            flash(_("Ärende %(number)s är sparat.", number=case.id), "success")
        return redirect(url_for("case.index_view", type=page.layout.key))

    def _store_new(self, page: CasePage) -> Case | None:
        """The case, or None when this very form was saved before (a double click)."""
        values = {k: v for k, v in page.sent_values().items() if v not in (None, "", [])}
        case = open_case(page.layout, values, actor=page.actor, passing=sent_passing())
        key = str(page.form.key.data)
        if not claim_key(key, case.id):
            db.session.rollback()
            return None
        issue_link(case)
        attach_staged(key, case, source="staff", actor=page.actor)
        return case


def empty_case(layout: CaseTypeLayout) -> Case:
    """A case that is not stored, with the values that a new one starts with."""
    status = layout.choice_meaning(Meaning.STATUS_NEW, "status")
    workflow = layout.choice_meaning(Meaning.WORKFLOW_FEEDBACK, "workflow")
    return Case(
        version=1,
        case_type_id=layout.id,
        title="",
        text="",
        answer="",
        internal_note="",
        internal_comment="",
        delay_reason="",
        own_type="",
        received_by="",
        receiver_workplace="",
        values={},
        received_on=local_today(),
        status_id=status.id if status else None,
        workflow_id=workflow.id if workflow else None,
        submitter=Submitter(name="", address="", postal="", phone="", email=""),
        choices=[],
        participants=[],
        is_secret=False,
    )
