"""System → Kommunen: names, numbers and links, and how the citizens' pages look."""

from __future__ import annotations

from typing import Any

from flask import redirect, request
from flask_admin import expose
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from admin_views.config_view import ConfigView
from domain.errors import RuleBroken
from domain.permissions import Permission
from forms.config.system import MunicipalityForm
from services.appearance import change_municipality, keep_public_logo
from web.rendering import sentence
from web.session import current_actor


class MunicipalRowView(ConfigView):
    """A part of the one row of settings: its list page is its form."""

    read_permission = Permission.CONFIG_SYSTEM
    can_create = False
    column_list = ("name",)

    @expose("/")
    def index_view(self) -> Any:
        return redirect(self.get_url(".edit_view", id=1))

    def return_url(self) -> str:
        return self.get_url(".edit_view", id=1)


class MunicipalityView(MunicipalRowView):
    """Who the municipality is, and what its pages look like."""

    form_class = MunicipalityForm
    summary = _("Namn, telefon, adresser och länkar, och hur invånarnas sidor ser ut.")
    edit_template = "admin/config/municipality.html"

    def saved_message(self, model: Any, *, is_created: bool) -> str:
        return gettext("Uppgifterna om kommunen är sparade.")

    def validate_form(self, form: Any) -> bool:
        return super().validate_form(form) and _keeps_logo(form)

    def change(self, model: Any, form: Any) -> None:
        change_municipality(
            model,
            form.values(),
            logo=form.kept,
            remove_logo=bool(form.remove_logo and form.remove_logo.data),
            actor=current_actor(),
        )

    def _form_page(self, template: str, form: Any, rules: Any, **context: Any) -> Any:
        logo = (context["model"].public_logo_sha256 or "")[:10]
        return super()._form_page(template, form, rules, logo=logo, **context)


def _keeps_logo(form: Any) -> bool:
    """Check and keep a sent logo before the transaction. False when it was refused."""
    form.kept = None
    upload = request.files.get("logo")
    if upload is None or not upload.filename:
        return True
    try:
        form.kept = keep_public_logo(upload.filename, upload.stream)
    except RuleBroken as error:
        form.logo.errors = [sentence(error)]
        return False
    return True
