"""Bilagor som alltid följer med: adding and removing files beside a text that is being written."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, request
from flask_admin import expose
from flask_babel import gettext as _

from admin_views.base import telling_refusals
from domain.errors import RuleBroken
from models import EventTemplate
from queries.template_versions import file_of_template
from services.attachments import keep_file
from services.template_files import add_files, remove_file
from services.unit_of_work import unit_of_work
from web.file_responses import attachment_response
from web.rendering import sentence
from web.session import current_actor


class FilesOfTemplates:
    """The part of the template pages that keeps files. What is typed in the form stays typed."""

    form_page: Any
    wanted: Any

    @property
    def is_about_files(self) -> bool:
        """Whether the request adds or removes a file, and does not save the form."""
        return request.method == "POST" and (
            request.form.get("_do") == "files" or "_remove_file" in request.form
        )

    def keep_uploads(self, form: Any) -> bool:
        """Check and store the sent files, before any transaction. False when one was refused."""
        form.kept = []
        for upload in request.files.getlist("files"):
            if not upload.filename:
                continue
            try:
                form.kept.append(keep_file(upload.filename, upload.stream))
            except RuleBroken as error:
                form.files.errors = [*form.files.errors, sentence(error)]
        return not form.files.errors

    def change_files(self, form: Any, model: EventTemplate) -> Any:
        """Add what was chosen and take away what was pressed; the form comes back as it was."""
        name = request.form.get("_remove_file", "")
        with telling_refusals(form):
            if name:
                self._remove(model, name)
            elif self.keep_uploads(form):
                self._add(form, model)
        refused = bool(form.files.errors)
        page = self.form_page(form, model, is_unsaved=True)
        return page, 422 if refused else 200

    def _add(self, form: Any, model: EventTemplate) -> None:
        if not form.kept:
            raise RuleBroken(_("Välj en fil först."), field="files")
        with unit_of_work():
            add_files(model, form.kept, actor=current_actor())
        flash(_("Filen följer nu med i varje händelse av den här mallen."), "success")

    def _remove(self, model: EventTemplate, public_id: str) -> None:
        with unit_of_work():
            removed = remove_file(model, public_id, actor=current_actor())
        if removed:
            flash(_("Filen följer inte längre med. Tidigare händelser har den kvar."), "success")
        else:
            flash(_("Filen var redan borttagen."), "info")

    @expose("/file/")
    def file_view(self) -> Any:
        """One file, for looking at what goes along."""
        row = file_of_template(self.wanted().id, request.args.get("file", ""))
        return attachment_response(row) if row else abort(404)
