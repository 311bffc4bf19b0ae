"""The work lock's addresses: taken by the page's script, kept by activity, freed by Stäng."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, jsonify, redirect, render_template, request, url_for
from flask_admin import BaseView, expose
from flask_babel import gettext as _

from admin_views.base import GuardedView, telling_refusals
from admin_views.cases.commands import case_or_404
from admin_views.cases.neighbours import carried_list, case_url, url_after
from admin_views.cases.tab_tokens import forget_tab, remember_tab, sent_tab
from domain.locks import LockView
from domain.permissions import Permission, can
from domain.row_ids import row_id
from forms.case_form import PREFIX
from models import Case
from services.case_drafts import drop_draft, keep_draft
from services.unit_of_work import unit_of_work
from services.work_locks import keep, look, overtake, release, take
from web.session import current_actor


class CaseLocksView(GuardedView, BaseView):
    """Only POST: looking at a case, printing it or prefetching its page locks nothing (T23).

    What the script asks for in the background writes nothing into the session: its cookie could
    overwrite that of a page that was loaded meanwhile.
    """

    read_permission = Permission.LOCK_TAKE

    def is_visible(self) -> bool:
        return False

    @expose("/")
    def index(self) -> Any:
        abort(404)

    @expose("/<int:case_id>/take", methods=("POST",))
    def take(self, case_id: int) -> Any:
        """The page was opened for editing in a tab."""
        case = _writable(case_id)
        with unit_of_work():
            found = take(case, current_actor(), sent_tab())
        return _answer(case, found)

    @expose("/<int:case_id>/keep", methods=("POST",))
    def keep(self, case_id: int) -> Any:
        """The person is working in the tab. Answers 409 when the lock is not the tab's any more."""
        case = _writable(case_id)
        tab = sent_tab()
        with unit_of_work():
            is_kept = keep(case.id, current_actor(), tab) or (
                take(case, current_actor(), tab).may_write
            )
        return _answer(case, look(case.id, current_actor(), tab)), 200 if is_kept else 409

    @expose("/<int:case_id>/overtake", methods=("POST",))
    def overtake(self, case_id: int) -> Any:
        """Överta arbetslås: one's own, from another tab."""
        case = _writable(case_id)
        tab = sent_tab()
        with telling_refusals(), unit_of_work():
            overtake(case, current_actor(), tab)
            remember_tab(case.id, tab)
            flash(_("Du har arbetslåset här nu."), "success")
        return redirect(url_for("case.edit_view", id=case.id, flik=tab, lista=carried_list()))

    @expose("/<int:case_id>/close", methods=("POST",))
    def close(self, case_id: int) -> Any:
        """Stäng: give the lock back and go to the list, or to the case before or after."""
        case = case_or_404(case_id)
        with unit_of_work():
            release(case.id, current_actor(), sent_tab())
        forget_tab(case.id)
        return redirect(url_after(case))

    @expose("/<int:case_id>/draft", methods=("POST",))
    def draft(self, case_id: int) -> Any:
        """Keep what stands in the form, without saving the case."""
        case = _writable(case_id)
        cause = "lock" if request.form.get("_cause") == "lock" else "typing"
        with unit_of_work():
            keep_draft(case, typed_fields(), seen_version(), cause, actor=current_actor())
        return "", 204

    @expose("/<int:case_id>/drop-draft", methods=("POST",))
    def drop(self, case_id: int) -> Any:
        """Kasta utkastet."""
        case = case_or_404(case_id)
        with unit_of_work():
            drop_draft(case, current_actor())
        flash(_("Utkastet är borttaget."), "success")
        return redirect(case_url(case.id))


def typed_fields() -> list[tuple[str, str]]:
    """The fields of the case in the form that was sent, without tokens and buttons."""
    sent = request.form.items(multi=True)
    return [(name, value) for name, value in sent if name.startswith(PREFIX)]


def seen_version() -> int:
    """The version of the case that the person had on screen."""
    return row_id(request.form.get("version")) or 0


def _writable(case_id: int) -> Case:
    case = case_or_404(case_id)
    if not can(current_actor(), Permission.LOCK_TAKE, case):
        abort(403)
    return case


def _answer(case: Case, lock: LockView) -> Any:
    bar = render_template(
        "admin/case/_lock_bar.html", case=case, lock=lock, tab="", carried=carried_list()
    )
    return jsonify(hold=lock.hold, bar=bar)
