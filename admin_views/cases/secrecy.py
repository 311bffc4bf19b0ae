"""Sekretessbelägg: marking a case, or its submitter's contact data, and lifting the mark (H08)."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, url_for
from flask_admin import BaseView, expose
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from admin_views.base import GuardedView, telling_refusals
from admin_views.cases.commands import case_or_404
from admin_views.cases.neighbours import list_url
from domain.clock import local_today
from domain.permissions import Permission, can
from forms.secrecy_form import ClearForm, MarkForm
from models import Case
from queries.cases import find_case
from queries.secrecy import grounds_on, marks_of, standing_mark
from services.secrecy import KINDS, clear_mark, set_mark
from services.unit_of_work import unit_of_work
from web.access import note_access
from web.session import current_actor

PAGE = "admin/case/secrecy.html"


class CaseSecrecyView(GuardedView, BaseView):
    """One page per kind of mark: it asks for what the law asks for, or lifts what stands."""

    read_permission = Permission.CASE_VIEW

    def is_visible(self) -> bool:
        return False

    @expose("/")
    def index(self) -> Any:
        abort(404)

    @expose("/<int:case_id>/<kind>", methods=("GET", "POST"))
    def mark(self, case_id: int, kind: str) -> Any:
        """Sekretessbelägg, or Häv sekretessmarkering when a mark stands."""
        if kind not in KINDS:
            abort(404)
        case = case_or_404(case_id)
        standing = standing_mark(case.id, kind)
        right = Permission.CASE_SECRECY_CLEAR if standing else Permission.CASE_SECRECY_SET
        if not can(current_actor(), right, case):
            abort(403)
        return self._clear(case, kind) if standing else self._set(case, kind)

    def _set(self, case: Case, kind: str) -> Any:
        form = MarkForm()
        grounds = grounds_on(local_today())
        form.offer(g for g in grounds if g.for_submitter or kind == "case")
        if form.validate_on_submit():
            with telling_refusals(form), unit_of_work():
                set_mark(
                    case,
                    kind,
                    ground_id=form.ground.data,
                    covers=form.covers.data,
                    reason=form.reason.data,
                    actor=current_actor(),
                )
            if not form.errors:
                return self._done(case, _("Markeringen är satt."))
        return self._show(case, kind, form, is_set=False)

    def _clear(self, case: Case, kind: str) -> Any:
        form = ClearForm()
        if form.validate_on_submit():
            with telling_refusals(form), unit_of_work():
                clear_mark(case, kind, form.reason.data, actor=current_actor())
            if not form.errors:
                return self._done(case, _("Markeringen är hävd."))
        return self._show(case, kind, form, is_set=True)

    def _show(self, case: Case, kind: str, form: Any, *, is_set: bool) -> Any:
        note_access("secrecy", case.id)
        errors = [(f.id, f.label.text, e) for f in form for e in f.errors]
        page = self.render(
            PAGE,
            case=case,
            kind=kind,
            form=form,
            is_set=is_set,
            other_kind=_other(case, kind) if not is_set else "",
            marks=[mark for mark in marks_of(case.id) if mark.kind == kind],
            error_items=errors,
        )
        return page, 422 if errors else 200

    def _done(self, case: Case, said: str) -> Response:
        """Back to the case, or to the list for those who may not see it any more."""
        flash(said, "success")
        if find_case(case.id, current_actor()) is None:
            flash(_("Du har inte längre behörighet att se ärendet."), "info")
            return redirect(list_url(case))
        return redirect(url_for("case.edit_view", id=case.id))


def _other(case: Case, kind: str) -> str:
    """The other kind of mark, when it does not stand and this person may set it."""
    other = "submitter" if kind == "case" else "case"
    is_free = standing_mark(case.id, other) is None
    may = can(current_actor(), Permission.CASE_SECRECY_SET, case)
    return other if is_free and may else ""
