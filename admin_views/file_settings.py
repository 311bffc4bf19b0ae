"""System → Filer: which files are taken in, and how large they may be."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from admin_views.municipality import MunicipalRowView
from forms.config.files import FilesForm


class FileSettingsView(MunicipalRowView):
    """Another part of the municipality's one row."""

    form_class = FilesForm
    edit_template = "admin/config/file_settings.html"
    summary = _("Vilka filer som tas emot, hur många och hur stora.")

    def saved_message(self, model: Any, *, is_created: bool) -> str:
        return gettext("Inställningarna för filer är sparade.")
