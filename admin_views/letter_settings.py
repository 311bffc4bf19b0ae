"""System → Brev: window, head, foot and logo of the municipality's letters."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, redirect, request, send_file
from flask_admin import expose
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from admin_views.base import telling_refusals
from admin_views.config_view import ConfigView
from domain.errors import RuleBroken
from domain.permissions import Permission
from forms.config.letters import LetterForm
from queries.configuration import configuration
from queries.municipality import usual_foot
from services.attachments import file_store
from services.documents.rendering import get_ready
from services.letter_settings import change_letters, keep_logo, sample_letter
from web.downloads import NOTHING_POLICY, document_response
from web.rendering import sentence
from web.session import current_actor


class LetterSettingsView(ConfigView):
    """The letter part of the municipality's one row: its list page is its form."""

    read_permission = Permission.CONFIG_SYSTEM
    form_class = LetterForm
    can_create = False
    summary = _("Hur brev ser ut: fönsterkuvert, brevhuvud, brevfot och logotyp.")
    edit_template = "admin/config/letter_settings.html"
    column_list = ("name",)

    @expose("/")
    def index_view(self) -> Any:
        return redirect(self.get_url(".edit_view", id=1))

    def return_url(self) -> str:
        return self.get_url(".edit_view", id=1)

    def saved_message(self, model: Any, *, is_created: bool) -> str:
        return gettext("Inställningarna för brev är sparade.")

    def validate_form(self, form: Any) -> bool:
        return super().validate_form(form) and _keeps_logo(form)

    def change(self, model: Any, form: Any) -> None:
        change_letters(
            model,
            form.values(),
            logo=form.kept,
            remove_logo=bool(form.remove_logo.data),
            actor=current_actor(),
        )

    def _form_page(self, template: str, form: Any, rules: Any, **context: Any) -> Any:
        get_ready()  # the next click is the sample letter
        letters = configuration().letters
        foot = usual_foot(context["model"])
        return super()._form_page(template, form, rules, letters=letters, usual=foot, **context)

    @expose("/sample")
    def sample(self) -> Any:
        """Provbrev: a letter with the settings as they are saved."""
        with telling_refusals():
            return document_response([sample_letter()], "provbrev.pdf", inline=True)
        return redirect(self.return_url())

    @expose("/logo")
    def logo(self) -> Response:
        """The logo as it stands in letters, for the page of settings."""
        letters = configuration().letters
        if not letters.logo_sha256:
            abort(404)
        file = file_store().open(letters.logo_sha256)
        response = send_file(file, mimetype=letters.logo_type, etag=False, max_age=0)
        response.headers["Content-Security-Policy"] = NOTHING_POLICY
        return response


def _keeps_logo(form: Any) -> bool:
    """Check and keep a sent logo before the transaction. False when it was refused."""
    form.kept = None
    upload = request.files.get("logo")
    if upload is None or not upload.filename:
        return True
    try:
        form.kept = keep_logo(upload.filename, upload.stream)
    except RuleBroken as error:
        form.logo.errors = [sentence(error)]
        return False
    return True
