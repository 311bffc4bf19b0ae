"""Flytta till annan enhet and Byt ansvarig – jäv: small pages that ask whom and why."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import abort, flash, redirect, request
from flask_admin import BaseView, expose
from flask_babel import gettext as _
from wtforms import Form

from admin_views.base import GuardedView
from admin_views.cases.commands import back_to, case_or_404
from admin_views.cases.neighbours import list_url
from admin_views.cases.tab_tokens import sent_tab, tab_of
from domain.errors import DomainError
from domain.layout import CaseTypeLayout
from domain.permissions import Permission
from domain.row_ids import row_id
from forms.fields import add_error
from forms.moving_form import ResponsibleForm, UnitForm
from models import Case
from queries.cases import find_case
from queries.configuration import configuration
from queries.people import Person, possible_responsibles
from services.cases.moving import may_move, may_recuse, move_case, recuse_responsible
from services.unit_of_work import unit_of_work
from web.rendering import sentence
from web.session import current_actor

PAGE = "admin/case/moving.html"


class CaseMovingView(GuardedView, BaseView):
    """Both save at once, through the rules of the case form."""

    read_permission = Permission.CASE_EDIT_RESPONSIBLE

    def is_visible(self) -> bool:
        return False

    @expose("/")
    def index(self) -> Any:
        abort(404)

    @expose("/<int:case_id>/unit", methods=("GET", "POST"))
    def unit(self, case_id: int) -> Any:
        """Flytta till annan enhet."""
        case, layout = _case(case_id)
        if not may_move(case, layout, current_actor()):
            abort(403)
        form = UnitForm()
        units = [u for u in configuration().units if u.is_active]
        form.offer(units, possible_responsibles(layout.id))

        def move() -> None:
            move_case(
                case, layout, form.unit.data, form.responsible.data, form.reason.data or "",
                seen_version=_seen(form), tab=sent_tab(), actor=current_actor(),
            )  # fmt: skip

        return self._answer(case, form, move, _("Flytta till annan enhet"), _("Flytta"))

    @expose("/<int:case_id>/responsible", methods=("GET", "POST"))
    def responsible(self, case_id: int) -> Any:
        """Byt ansvarig – jäv."""
        case, layout = _case(case_id)
        if not may_recuse(case, layout, current_actor()):
            abort(403)
        form = ResponsibleForm()
        form.offer(_others(case))

        def recuse() -> None:
            recuse_responsible(
                case, layout, form.responsible.data, form.reason.data or "",
                seen_version=_seen(form), tab=sent_tab(), actor=current_actor(),
            )  # fmt: skip

        return self._answer(case, form, recuse, _("Byt ansvarig – jäv"), _("Byt ansvarig"))

    def _answer(
        self, case: Case, form: Any, deed: Callable[[], None], title: str, button: str
    ) -> Any:
        case_id = case.id
        if request.method == "GET":
            form.version.data = str(case.version)
            return self._show(case, form, title, button)
        if not form.validate():
            return self._show(case, form, title, button), 422
        where = list_url(case)
        try:
            with unit_of_work():
                deed()
        except DomainError as error:
            return self._refused(case_id, form, error, title, button)
        if find_case(case_id, current_actor()) is None:
            flash(_("Ärende %(number)s har fått en ny ansvarig. Du har inte längre behörighet "
                    "att se det.", number=case_id), "success")  # fmt: skip
            return redirect(where)
        flash(_("Ärendet har fått en ny ansvarig."), "success")
        return back_to(case_id)

    def _refused(self, case_id: int, form: Any, error: DomainError, title: str, button: str) -> Any:
        """The sentence at its field, with what was chosen; the version is the one of now."""
        name = getattr(error, "field", "")
        if name in form:
            add_error(form[name], sentence(error))
        case = case_or_404(case_id)
        form.version.data = str(case.version)
        said = "" if name in form else sentence(error)
        return self._show(case, form, title, button, said), error.status

    def _show(self, case: Case, form: Form, title: str, button: str, said: str = "") -> Any:
        tab = sent_tab() if request.method == "POST" else tab_of(case.id)
        return self.render(
            PAGE, case=case, form=form, title=title, button=button, said=said, tab=tab
        )


def _case(case_id: int) -> tuple[Case, CaseTypeLayout]:
    case = case_or_404(case_id)
    return case, configuration().case_type(case.case_type_id) or abort(404)


def _seen(form: Any) -> int:
    return row_id(form.version.data) or 0


def _others(case: Case) -> list[Person]:
    """Those whose role covers the case's unit, without the one who is responsible now."""
    unit = configuration().units_by_id.get(case.unit_id or 0)
    people = possible_responsibles(case.case_type_id)
    return [
        p for p in people if p.id != case.responsible_id and (unit is None or p.covers(unit.path))
    ]
