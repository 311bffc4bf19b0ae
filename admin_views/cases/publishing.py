"""Publicering: the text for the website, its check, and taking it back (manual H24)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_admin import BaseView, expose
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from admin_views.base import GuardedView
from admin_views.cases.commands import case_or_404
from admin_views.cases.publishing_page import PublishingPage
from admin_views.cases.tab_tokens import sent_tab, tab_of
from domain.errors import ChangedMeanwhile, DomainError
from domain.layout import CaseTypeLayout
from domain.permissions import Permission, can
from domain.row_ids import row_id
from forms.fields import add_error
from forms.publishing_form import PublishingForm, WithdrawForm
from models import Case, Publication
from queries.configuration import configuration
from services.publishing.deeds import (
    Check,
    approve,
    publish,
    save_draft,
    version_of,
    withdraw,
)
from services.publishing.reading import chosen_yes
from services.unit_of_work import unit_of_work
from services.work_locks import borrowed
from web.access import note_access
from web.rendering import sentence
from web.session import current_actor

PAGE = "admin/case/publishing.html"


class CasePublishingView(GuardedView, BaseView):
    """One page per case. Every button says what it does, and checks everything again."""

    read_permission = Permission.CASE_PUBLISH

    def is_visible(self) -> bool:
        return False

    @expose("/")
    def index(self) -> Any:
        abort(404)

    @expose("/<int:case_id>", methods=("GET", "POST"))
    def text(self, case_id: int) -> Any:
        """The text: Spara utkast and Publicera …"""
        case, layout = _case(case_id, Permission.CASE_PUBLISH)
        if request.method == "GET":
            return self._show(PublishingPage(case, layout, current_actor()))
        form = PublishingForm()
        page = PublishingPage(case, layout, current_actor(), form.text())
        form.offer(page.to_confirm)
        if not form.validate():
            return self._show(page, form, status=422)
        deed = _publish if request.form.get("_do") == "publish" else _save
        try:
            with unit_of_work():
                said = deed(case, layout, form)
        except DomainError as error:
            return self._refused(case_id, form, error)
        flash(said, "success")
        return _back(case_id)

    @expose("/<int:case_id>/approve", methods=("POST",))
    def approve(self, case_id: int) -> Any:
        """Godkänn, the second pair of eyes."""
        case, layout = _case(case_id, Permission.CASE_PUBLISH)
        seen = row_id(request.form.get("version")) or 0

        def deed() -> str:
            return _said(approve(case, layout, seen_version=seen, actor=current_actor()))

        return self._do(case, layout, deed)

    @expose("/<int:case_id>/withdraw", methods=("POST",))
    def withdraw(self, case_id: int) -> Any:
        """Avpublicera, at once."""
        case, layout = _case(case_id, Permission.CASE_UNPUBLISH)
        form = WithdrawForm()
        if not form.validate_on_submit():
            return self._show(PublishingPage(case, layout, current_actor()), gone=form, status=422)

        def deed() -> str:
            with borrowed(case, current_actor(), sent_tab()):
                withdraw(case, layout, form.reason.data or "", actor=current_actor())
            return _("Synpunkten är avpublicerad.")

        return self._do(case, layout, deed, form)

    def _do(
        self,
        case: Case,
        layout: CaseTypeLayout,
        deed: Callable[[], str],
        gone: WithdrawForm | None = None,
    ) -> Any:
        case_id = case.id
        try:
            with unit_of_work():
                said = deed()
        except DomainError as error:
            flash(sentence(error), "danger")
            case = case_or_404(case_id)
            page = PublishingPage(case, layout, current_actor())
            return self._show(page, gone=gone, status=error.status)
        flash(said, "success")
        return _back(case_id)

    def _refused(self, case_id: int, form: PublishingForm, error: DomainError) -> Any:
        """Everything that was typed, the sentence at its field, and what to look at now."""
        case, layout = _case(case_id, Permission.CASE_PUBLISH)
        is_conflict = isinstance(error, ChangedMeanwhile)
        page = PublishingPage(case, layout, current_actor(), form.text(), is_conflict=is_conflict)
        name, said = getattr(error, "field", ""), sentence(error)
        if is_conflict:
            form.version.data = str(version_of(case))
            said = _(
                "Någon annan har ändrat publiceringstexten. Din text finns kvar här. Jämför med "
                "den sparade texten nedanför och spara igen."
            )
        elif name in form and (name != "findings" or form.findings.choices):
            add_error(form[name], said)
            said = ""
        return self._show(page, form, said, status=error.status)

    def _show(
        self,
        page: PublishingPage,
        form: PublishingForm | None = None,
        said: str = "",
        *,
        gone: WithdrawForm | None = None,
        status: int = 200,
    ) -> Any:
        note_access("publishing", page.case.id)
        form = form or _form_of(page)
        gone = gone or WithdrawForm(formdata=None)
        problems = [(f.id, f.label.text, e) for one in (form, gone) for f in one for e in f.errors]
        case_id = page.case.id
        html = self.render(
            PAGE,
            page=page,
            case=page.case,
            form=form,
            gone=gone,
            tab=sent_tab() if request.method == "POST" else tab_of(case_id),
            action=url_for("case_publishing.text", case_id=case_id),
            error_items=[*([("", "", said)] if said else []), *problems],
        )
        return html, status


def _case(case_id: int, permission: Permission) -> tuple[Case, CaseTypeLayout]:
    case = case_or_404(case_id)
    if not can(current_actor(), permission, case):
        abort(403)
    return case, configuration().case_type(case.case_type_id) or abort(404)


def _form_of(page: PublishingPage) -> PublishingForm:
    """The form as it is first shown, or after something else was refused."""
    row, text = page.publication, page.text
    form = PublishingForm(
        formdata=None,
        data={
            "version": row.version if row else 0,
            "title": text.title,
            "question": text.question,
            "answer": text.answer,
            "is_own_answer": text.is_own_answer,
            "findings": list(row.confirmed) if row else [],
            "publish_on": max(page.first_day, row.publish_on) if row and row.publish_on
            else page.first_day,
        },
    )  # fmt: skip
    form.offer(page.to_confirm)
    return form


def _save(case: Case, layout: CaseTypeLayout, form: PublishingForm) -> str:
    save_draft(case, form.text(), seen_version=_seen(form), actor=current_actor())
    return _("Utkastet är sparat. Ingenting är publicerat.")


def _publish(case: Case, layout: CaseTypeLayout, form: PublishingForm) -> str:
    check = Check(
        ticks=form.checks.data or (),
        confirmed=form.findings.data or (),
        publish_on=form.publish_on.data,
    )
    with _lock_for_choice(case, layout):
        publication = publish(
            case, layout, form.text(), check, seen_version=_seen(form), actor=current_actor()
        )
    return _said(publication)


def _lock_for_choice(case: Case, layout: CaseTypeLayout) -> AbstractContextManager[None]:
    """The work lock, when the choice in the case is to be changed too."""
    if chosen_yes(case, layout):
        return nullcontext()
    return borrowed(case, current_actor(), sent_tab())


def _said(publication: Publication) -> str:
    day = publication.publish_on
    if publication.state == "checked":
        return _("Texten är kontrollerad. Nu ska en annan person godkänna den.")
    if publication.state == "approved":
        return _("Synpunkten publiceras %(day)s.", day=day)
    return _("Synpunkten är publicerad.")


def _seen(form: PublishingForm) -> int:
    return row_id(form.version.data) or 0


def _back(case_id: int) -> Response:
    return redirect(url_for("case_publishing.text", case_id=case_id))
