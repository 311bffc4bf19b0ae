"""The ticked cases of the list changed together: choose, see what happens to each, do it."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_admin import BaseView, expose
from flask_babel import gettext as _
from wtforms import Form

from admin_views.base import GuardedView
from admin_views.cases.bulk_rows import BulkRow, carry_out, plan
from domain.errors import RuleBroken
from domain.layout import CaseTypeLayout
from domain.permissions import Permission
from domain.row_ids import row_id
from domain.secrecy_border import Border, check_passing
from forms.border_form import PREFIX, DecisionForm, decision_form
from forms.bulk_form import bulk_form, chosen_in, field_name, shown_fields
from forms.fields import add_error
from models import Case
from queries.bulk_letters import ticked_cases
from queries.configuration import configuration
from services.cases.bulk import ACTIONS, MAX_CASES, BulkAction, actions_for, check_chosen
from web.rendering import sentence
from web.session import current_actor, safe_next

PAGE = "admin/case/bulk_edit.html"


class BulkEditView(GuardedView, BaseView):
    """Behind the menu of the list, which puts the ticks and the action into the address."""

    read_permission = Permission.CASE_EDIT_CATEGORISATION

    def is_visible(self) -> bool:
        return False

    @expose("/", methods=("GET", "POST"))
    def index(self) -> Any:
        """Choose what to give the cases; the page says for each whether it can be given."""
        ids = list(dict.fromkeys(request.values.getlist("rowid")))
        if not ids:
            flash(_("Kryssa i de ärenden som du vill ändra."), "info")
            return redirect(_list_address())
        if len(ids) > MAX_CASES:
            flash(
                _(
                    "Du har kryssat i %(count)s ärenden. Välj högst %(most)s åt gången.",
                    count=len(ids),
                    most=MAX_CASES,
                ),
                "warning",
            )
            return redirect(_list_address())
        cases = _cases(ids)
        layout = configuration().case_type(cases[0].case_type_id) or abort(404)
        action = ACTIONS.get(request.values.get("atgard", "")) or abort(404)
        if action not in actions_for(layout, current_actor()):
            abort(403)
        if request.method == "POST":
            return self._answer(cases, layout, action)
        return self._show(plan(cases, layout, action), layout, action)

    def _answer(self, cases: list[Case], layout: CaseTypeLayout, action: BulkAction) -> Any:
        """Show what would happen, or do it; wrong choices come back with the reason."""
        form = bulk_form(layout, action, request.form)
        chosen = _chosen(form, layout, action)
        if chosen is None:
            return self._show(plan(cases, layout, action), layout, action, form), 422
        rows = plan(cases, layout, action, chosen)
        decision = _decision(rows)
        if request.form.get("_do") == "preview":
            return self._show(rows, layout, action, form, decision)
        if decision is not None and not _is_decided(decision):
            return self._show(rows, layout, action, form, decision), 422
        passing = decision.passing() if decision is not None else None
        seen = {c.id: row_id(request.form.get(f"version-{c.id}")) or 0 for c in cases}
        rows = carry_out(cases, layout, action, chosen, seen, passing)
        return self._show(rows, layout, action, form, is_done=True)

    def _show(
        self,
        rows: list[BulkRow],
        layout: CaseTypeLayout,
        action: BulkAction,
        form: Form | None = None,
        decision: DecisionForm | None = None,
        *,
        is_done: bool = False,
    ) -> Any:
        form = form or bulk_form(layout, action)
        fields = shown_fields(form, action)
        asked = [decision.ground, decision.reason] if decision is not None else []
        return self.render(
            PAGE,
            rows=rows,
            action=action,
            fields_shown=fields,
            error_items=[(f.id, f.label.text, e) for f in [*fields, *asked] for e in f.errors],
            decision=asked,
            back=_list_address(),
            possible=sum(1 for row in rows if not row.reason),
            is_done=is_done,
        )


def _decision(rows: list[BulkRow]) -> DecisionForm | None:
    """The question that is asked when somebody chosen stands beyond a border of secrecy."""
    if not any(row.border for row in rows if not row.reason):
        return None
    is_sent = f"{PREFIX}reason" in request.form
    return decision_form(request.form if is_sent else None)


def _is_decided(decision: DecisionForm) -> bool:
    """Whether a ground and a reason are given; the form says what is missing."""
    if not decision.validate():
        return False
    try:
        check_passing(Border("", ""), decision.passing())
    except RuleBroken as error:
        add_error(decision[error.field], sentence(error))
        return False
    return True


def _cases(ids: list[str]) -> list[Case]:
    """The ticked cases in the order of the list. One foreign id among them is 404 (T14)."""
    numbers = [row_id(i) for i in ids]
    if None in numbers:
        abort(404)
    return ticked_cases([n for n in numbers if n is not None], current_actor()) or abort(404)


def _chosen(form: Form, layout: CaseTypeLayout, action: BulkAction) -> dict[str, Any] | None:
    """What was chosen, or None when it cannot be; the form says why."""
    if not form.validate():
        for field in form:
            if field.process_errors:  # not a number: nobody's browser sends that by itself
                field.errors = [_("Välj ett av alternativen i listan.")]
        return None
    chosen = chosen_in(form, layout, action)
    try:
        check_chosen(layout, action, chosen)
    except RuleBroken as error:
        field = form[field_name(action, error.field)]
        field.errors = [*field.errors, sentence(error)]
        return None
    return chosen


def _list_address() -> str:
    return safe_next(request.values.get("url")) or url_for("case.index_view")
