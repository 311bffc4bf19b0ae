"""System → Sekretessgrunder: the provisions that Sekretessbelägg offers."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from admin_views.config_view import ConfigView, yes_or_no
from domain.permissions import Permission
from forms.config.legal_grounds import LegalGroundForm


class LegalGroundView(ConfigView):
    """Grounds with the days on which they hold. Used ones are ended, never deleted."""

    read_permission = Permission.CONFIG_SYSTEM
    form_class = LegalGroundForm
    summary = _("Bestämmelser som en sekretessmarkering kan stödja sig på.")
    column_list = ("label", "description", "valid_from", "valid_to", "is_active")
    column_labels = {
        "label": _("Bestämmelse"),
        "description": _("Vad den skyddar"),
        "valid_from": _("Gäller från"),
        "valid_to": _("Gäller till"),
        "is_active": _("Aktiv"),
    }
    column_sortable_list = ("label", "valid_from")
    column_default_sort = ("position", False)
    column_formatters = {"is_active": yes_or_no}
