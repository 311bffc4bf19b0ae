"""Överför till annan process: a small page that asks where it belongs and why."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, request
from flask_admin import BaseView, expose
from flask_babel import gettext as _

from admin_views.base import GuardedView
from admin_views.cases.commands import back_to, case_or_404
from admin_views.cases.letters import keep_copies
from admin_views.cases.tab_tokens import sent_tab, tab_of
from domain.errors import DomainError
from domain.events import may_use
from domain.layout import EventTemplateItem
from domain.other_processes import processes_of
from domain.permissions import Permission, can
from domain.row_ids import row_id
from forms.fields import add_error
from forms.transfer_form import TransferForm
from models import Case
from queries.configuration import configuration
from services.case_facts import event_facts
from services.cases.transferring import transfer_case
from services.unit_of_work import unit_of_work
from web.rendering import sentence
from web.session import current_actor

PAGE = "admin/case/transfer.html"
PURPOSE = "transfer"
"""Of the templates of mail and letter that tell the citizen where the case went."""


class CaseTransferView(GuardedView, BaseView):
    """Behind the menu Mer. No page of its own, so no menu entry."""

    read_permission = Permission.CASE_TRANSFER

    def is_visible(self) -> bool:
        return False

    @expose("/")
    def index(self) -> Any:
        abort(404)

    @expose("/<int:case_id>", methods=("GET", "POST"))
    def transfer(self, case_id: int) -> Any:
        """Ask, and end the case."""
        case = case_or_404(case_id)
        if not can(current_actor(), Permission.CASE_TRANSFER, case):
            abort(403)
        form = _form(case)
        if request.method == "GET":
            form.version.data = str(case.version)
            return self._show(case, form)
        if not form.validate():
            return self._show(case, form), 422
        try:
            with unit_of_work():
                posted = transfer_case(
                    case, form.chosen(), form.reason.data or "",
                    seen_version=row_id(form.version.data) or 0, tab=sent_tab(),
                    actor=current_actor(),
                )  # fmt: skip
        except DomainError as error:
            return self._refused(case_id, form, error)
        flash(_("Ärendet är överfört till %(process)s och avslutat.", process=case.transferred_to),
              "success")  # fmt: skip
        if posted:
            keep_copies(case)
        return back_to(case_id)

    def _refused(self, case_id: int, form: TransferForm, error: DomainError) -> Any:
        """The sentence at its field, with what was written; the version is the one of now."""
        name = getattr(error, "field", "")
        if name in form:
            add_error(form[name], sentence(error))
        case = case_or_404(case_id)
        form.version.data = str(case.version)
        said = "" if name in form else sentence(error)
        return self._show(case, form, said), error.status

    def _show(self, case: Case, form: TransferForm, said: str = "") -> Any:
        tab = sent_tab() if request.method == "POST" else tab_of(case.id)
        return self.render(PAGE, case=case, form=form, said=said, tab=tab, letters=_letters(case))


def _form(case: Case) -> TransferForm:
    layout = configuration().case_type(case.case_type_id) or abort(404)
    form = TransferForm()
    form.offer(processes_of(layout))
    return form


def _letters(case: Case) -> list[EventTemplateItem]:
    """The mail and the letter that can tell the citizen, as far as they can be used here."""
    layout = configuration().case_type(case.case_type_id) or abort(404)
    facts, actor = event_facts(case, layout), current_actor()
    found = [t for t in layout.event_templates if t.purpose == PURPOSE]
    return [template for template in found if may_use(template, facts, actor)]
