"""System → Kommunen: the one row of names, numbers and links."""

from __future__ import annotations

from typing import Any

from flask import redirect
from flask_admin import expose
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from admin_views.config_view import ConfigView
from domain.permissions import Permission
from forms.config.system import MunicipalityForm


class MunicipalityView(ConfigView):
    """There is exactly one municipality: its list page is its form."""

    read_permission = Permission.CONFIG_SYSTEM
    form_class = MunicipalityForm
    can_create = False
    summary = _("Namn, telefon, adresser och länkar som texterna använder.")
    column_list = ("name",)

    @expose("/")
    def index_view(self) -> Any:
        return redirect(self.get_url(".edit_view", id=1))

    def return_url(self) -> str:
        return self.get_url(".edit_view", id=1)

    def saved_message(self, model: Any, *, is_created: bool) -> str:
        return gettext("Uppgifterna om kommunen är sparade.")
