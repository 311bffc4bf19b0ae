"""Opening a case, saving it, and what the toolbar does with it after saving."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_admin import expose
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from admin_views.cases.border import (
    WANTS_BACK,
    CaseBorder,
    is_about_border,
    store_values,
)
from admin_views.cases.files import stage_uploads
from admin_views.cases.letters import keep_copies
from admin_views.cases.locks import seen_version, typed_fields
from admin_views.cases.neighbours import case_url, list_url
from admin_views.cases.page import CasePage
from admin_views.cases.surroundings import Surroundings
from admin_views.cases.tab_tokens import forget_tab, remember_tab, sent_tab, tab_of
from admin_views.cases.writing import (
    ANSWER,
    BUTTON,
    case_writing,
    insert_in_answer,
    warn_of_publication,
)
from domain.errors import CaseLocked, ChangedMeanwhile, DomainError, RuleBroken
from domain.permissions import Permission, can
from extensions import db
from models import Case, CaseDraft
from queries.configuration import configuration
from services.attachments import attach_staged
from services.case_drafts import draft_of, drop_draft, keep_draft
from services.cases import close_case, close_problems, mark_ready, unmark_ready
from services.unit_of_work import unit_of_work
from services.work_locks import look, release, require
from web.access import note_access
from web.rendering import sentence
from web.session import current_actor

EDIT_TEMPLATE = "admin/case/edit.html"


class CaseEditing(CaseBorder):
    """The tabbed case page. Every button of the toolbar saves first, so that nothing is lost."""

    @expose("/edit/", methods=("GET", "POST"))
    def edit_view(self) -> Any:
        case = self.wanted()  # type: ignore[attr-defined]
        if request.method == "POST":
            return self._save(case)
        draft = draft_of(case, current_actor()) if "utkast" in request.args else None
        return self._show_draft(case, draft) if draft else self._show(self._page(case))

    def _page(self, case: Case, formdata: Any = None) -> CasePage:
        layout = configuration().case_type(case.case_type_id) or abort(404)
        tab = sent_tab() if request.method == "POST" else tab_of(case.id)
        lock = look(case.id, current_actor(), tab)
        return CasePage(case, layout, current_actor(), formdata, lock=lock, tab=tab)

    def _show_draft(self, case: Case, draft: CaseDraft) -> Any:
        """The form with what was typed before, beside what has been saved since, if anything."""
        sent = MultiDict([(name, text) for name, texts in draft.values.items() for text in texts])
        sent["version"] = str(draft.seen_version)
        page = self._page(case, sent)
        page.is_unsaved = True
        if draft.seen_version != case.version:
            page.show_saved()
        return self._show(page)

    def _show(self, page: CasePage, status: int = 200) -> Any:
        note_access("case", page.case.id)
        html = self.render(  # type: ignore[attr-defined]
            EDIT_TEMPLATE,
            page=page,
            case=page.case,
            around=Surroundings(page),
            writing=case_writing(page),
        )
        return html, status

    def _save(self, case: Case) -> Any:
        page = self._page(case, request.form)
        if not can(page.actor, Permission.CASE_VIEW, case) or not page.editable:
            abort(403)
        if request.form.get("_border") == WANTS_BACK:
            page.is_unsaved = page.draft is not None
            return self._show(page)
        if request.form.get("_do") == BUTTON:
            insert_in_answer(page)
        refused = stage_uploads(page)
        if not page.validate() or refused:
            return self._show(page, 422)
        try:
            with unit_of_work():
                require(case, page.actor, page.tab)
                changed, said = self._store(page)
                drop_draft(case, page.actor)
        except (ChangedMeanwhile, CaseLocked) as error:
            return self._conflict(case.id, error)
        except RuleBroken as error:
            if is_about_border(error):
                return self._ask_border(case.id, error)
            return self._refuse(case.id, error)
        return self._beyond(case, said) or self._after(case, changed)

    def _store(self, page: CasePage) -> tuple[bool, str]:
        """Whether anything was changed, and what happened at a border of secrecy."""
        changed, said = store_values(page)
        files = attach_staged(str(page.form.key.data), page.case, source="staff", actor=page.actor)
        return bool(changed or files), said

    def _conflict(self, case_id: int, error: DomainError) -> Any:
        """Somebody saved first, or has the lock: the person's own text again, kept as a draft."""
        with unit_of_work():
            case = db.session.get_one(Case, case_id)
            keep_draft(case, typed_fields(), seen_version(), "lock", actor=current_actor())
        page = self._page(db.session.get_one(Case, case_id), request.form)
        page.show_saved()
        page.problems.append(("", "", sentence(error)))
        return self._show(page, error.status)

    def _refuse(self, case_id: int, error: RuleBroken) -> Any:
        page = self._page(db.session.get_one(Case, case_id), request.form)
        page.add_error(error.field, sentence(error))
        return self._show(page, error.status)

    def _after(self, case: Case, changed: bool) -> Any:
        """The person pressed a button, and the form is saved. Now what the button says."""
        wanted, _sep, argument = request.form.get("_do", "save").partition(":")
        if wanted == "event":
            remember_tab(case.id, sent_tab())  # the way back is the same tab, also without scripts
            return redirect(url_for("case_events.compose", case_id=case.id, template=argument))
        if wanted in COMMANDS:
            return self._command(case, wanted)
        flash(_("Ändringarna är sparade.") if changed else _("Inget var ändrat."), "success")
        if wanted == "leave":
            return self._leave(case)
        return self._stay(case)

    def _command(self, case: Case, wanted: str) -> Any:
        page = self._page(case)
        try:
            with unit_of_work():
                said = COMMANDS[wanted](page)
        except DomainError as error:
            return self._command_refused(case.id, wanted, error)
        flash(said, "success")
        if wanted == "close":
            keep_copies(case)
            warn_of_publication(page)
        return self._stay(case)

    def _command_refused(self, case_id: int, wanted: str, error: DomainError) -> Any:
        """The text is saved; what the command still needs is shown at its fields."""
        page = self._page(db.session.get_one(Case, case_id))
        problems = close_problems(page.case, page.layout) if wanted == "close" else []
        shown: list[DomainError] = [*problems] or [error]
        for problem in shown:
            page.add_error(getattr(problem, "field", ""), sentence(problem))
        return self._show(page, error.status)

    def _leave(self, case: Case) -> Response:
        """Spara och stäng frees the work lock, as Stäng does."""
        with unit_of_work():
            release(case.id, current_actor(), sent_tab())
        forget_tab(case.id)
        return redirect(list_url(case))

    def _stay(self, case: Case) -> Response:
        remember_tab(case.id, sent_tab())
        tab = ANSWER if request.form.get("_do") == BUTTON else request.form.get("_tab", "")
        return redirect(case_url(case.id, tab))


def _close(page: CasePage) -> str:
    posted = close_case(page.case, page.layout, actor=page.actor)
    said = [_("Ärendet är avslutat.")]
    said += [_("Brevet ”%(title)s” är markerat som postat.", title=e.title) for e in posted]
    return " ".join(said)


def _ready(page: CasePage) -> str:
    mark_ready(page.case, page.layout, actor=page.actor)
    return _("Utredningen är klarmarkerad.")


def _unready(page: CasePage) -> str:
    unmark_ready(page.case, actor=page.actor)
    return _("Klarmarkeringen är borttagen.")


COMMANDS = {"close": _close, "ready": _ready, "unready": _unready}
"""Buttons that do something more after saving."""
