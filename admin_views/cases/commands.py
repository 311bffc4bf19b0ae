"""What is done on a case beside the form: reopen, files, marking a reply as read."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_admin import BaseView, expose
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from admin_views.base import GuardedView, telling_refusals
from admin_views.cases.tab_tokens import sent_tab
from domain.permissions import Permission, can
from models import Case
from queries.attachments import attachment_of
from queries.cases import find_case
from services.cases import mark_replies_read, remove_attachment, reopen_case
from services.unit_of_work import unit_of_work
from services.work_locks import borrowed
from web.access import note_access
from web.file_responses import attachment_response, thumbnail_response
from web.session import current_actor


def case_or_404(case_id: int) -> Case:
    """The case if this person may see it. Foreign and missing are the same 404."""
    return find_case(case_id, current_actor()) or abort(404)


def back_to(case_id: int) -> Response:
    return redirect(url_for("case.edit_view", id=case_id))


class CaseCommandsView(GuardedView, BaseView):
    """The buttons of a case page that need no form. No page of its own, so no menu entry."""

    read_permission = Permission.CASE_VIEW

    def is_visible(self) -> bool:
        return False

    @expose("/")
    def index(self) -> Any:
        abort(404)

    @expose("/<int:case_id>/reopen", methods=("GET", "POST"))
    def reopen(self, case_id: int) -> Any:
        """Återöppna asks for the reason on a small page of its own."""
        case = case_or_404(case_id)
        if not can(current_actor(), Permission.CASE_REOPEN, case):
            abort(403)
        reason = request.form.get("reason", "")
        if request.method == "POST" and reason.strip():
            with telling_refusals(), unit_of_work():
                reopen_case(case, reason, actor=current_actor())
                flash(_("Ärendet är öppet igen."), "success")
            return back_to(case_id)
        page = self.render("admin/case/reopen.html", case=case, failed=request.method == "POST")
        return page, 422 if request.method == "POST" else 200

    @expose("/<int:case_id>/read", methods=("POST",))
    def read(self, case_id: int) -> Any:
        """Markera svaret som läst."""
        case = case_or_404(case_id)
        if not can(current_actor(), Permission.EVENT_NOTE, case):
            abort(403)
        with telling_refusals(), unit_of_work():
            mark_replies_read(case, actor=current_actor())
        return back_to(case_id)

    @expose("/<int:case_id>/file/<public_id>")
    def file(self, case_id: int, public_id: str) -> Any:
        """One file of this case, always as a download."""
        case = case_or_404(case_id)
        if not can(current_actor(), Permission.ATTACHMENT_DOWNLOAD, case):
            abort(403)
        attachment = attachment_of(case.id, public_id) or abort(404)
        response = attachment_response(attachment)
        if response.status_code == 200:
            note_access("file", case.id, attachment.filename)
        return response

    @expose("/<int:case_id>/file/<public_id>/thumbnail")
    def thumbnail(self, case_id: int, public_id: str) -> Any:
        """The small picture beside a file of this case."""
        case = case_or_404(case_id)
        if not can(current_actor(), Permission.ATTACHMENT_DOWNLOAD, case):
            abort(403)
        attachment = attachment_of(case.id, public_id) or abort(404)
        return thumbnail_response(attachment) or abort(404)

    @expose("/<int:case_id>/file/<public_id>/remove", methods=("POST",))
    def remove_file(self, case_id: int, public_id: str) -> Any:
        """Take a file away from the case; what the citizen sent stays (attachment:delete).

        As saving does it waits for the work lock: the holder's page shows the file.
        """
        case = case_or_404(case_id)
        if not can(current_actor(), Permission.ATTACHMENT_DELETE, case):
            abort(403)
        attachment = attachment_of(case.id, public_id) or abort(404)
        with telling_refusals(), unit_of_work(), borrowed(case, current_actor(), sent_tab()):
            remove_attachment(attachment, case, actor=current_actor())
            flash(_("Filen är borttagen från ärendet."), "success")
        return back_to(case_id)
