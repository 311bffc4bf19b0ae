"""*Skriv ut* of the toolbar (manual H08): a choice of what goes along, then the document."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_admin import BaseView, expose
from flask_babel import gettext as _

from admin_views.base import GuardedView
from admin_views.cases.commands import case_or_404
from domain.documents import Document
from domain.errors import DomainError
from domain.file_names import display_name
from domain.permissions import Permission, can
from forms.fields import add_error
from forms.print_form import PrintForm, print_form
from models import Case
from queries.configuration import configuration
from services.documents.rendering import word_of
from services.printing import WAYS, print_case, printed_case, read_ticket
from services.unit_of_work import unit_of_work
from web.access import note_access
from web.downloads import document_response, word_response
from web.rendering import sentence
from web.session import current_actor

PAGE = "admin/case/print.html"


class CasePrintView(GuardedView, BaseView):
    """The page behind the button, and the document. No page of its own, so no menu entry."""

    read_permission = Permission.CASE_PRINT

    def is_visible(self) -> bool:
        return False

    @expose("/")
    def index(self) -> Any:
        abort(404)

    @expose("/<int:case_id>", methods=("GET", "POST"))
    def choose(self, case_id: int) -> Any:
        """The choice. Pressing a button is logged; the document itself is fetched by its ticket."""
        case = _printable(case_id)
        if request.method == "GET":
            return self._show(case, print_form(case, current_actor()))
        form = print_form(case, current_actor(), request.form)
        way = request.form.get("as", "")
        if not form.validate() or way not in WAYS:
            return self._show(case, form, 422)
        try:
            with unit_of_work():
                ticket = print_case(case, form.choices(), way=way, actor=current_actor())
        except DomainError as error:
            add_error(form.parts, sentence(error))
            return self._show(case, form, error.status)
        return redirect(url_for(".document", case_id=case.id, ticket=ticket), 303)

    @expose("/<int:case_id>/document/<ticket>")
    def document(self, case_id: int, ticket: str) -> Any:
        """The document that was chosen, for a quarter of an hour."""
        case = _printable(case_id)
        wanted = read_ticket(ticket, case, current_actor())
        if wanted is None:
            flash(_("Utskriften är för gammal. Välj en gång till vad som ska skrivas ut."), "info")
            return redirect(url_for(".choose", case_id=case.id))
        layout = configuration().case_type(case.case_type_id) or abort(404)
        try:
            made = printed_case(case, layout, wanted, current_actor())
            response = _response(made, case, wanted.way)
        except DomainError as error:
            flash(sentence(error), "danger")
            return redirect(url_for(".choose", case_id=case.id))
        if response.status_code == 200:
            note_access("print", case_id)
        return response

    def _show(self, case: Case, form: PrintForm, status: int = 200) -> Any:
        items = [(f.id, f.label.text, e) for f in form for e in f.errors]
        return self.render(PAGE, case=case, form=form, error_items=items), status


def _printable(case_id: int) -> Case:
    case = case_or_404(case_id)
    if not can(current_actor(), Permission.CASE_PRINT, case):
        abort(403)
    return case


def _response(made: Document, case: Case, way: str) -> Any:
    name = f"{_('Ärende')} {case.id}"
    if way == "word":
        return word_response(word_of(made), display_name(f"{name}.docx"))
    return document_response([made], display_name(f"{name}.pdf"), inline=way == "view")
