"""System → Egna lediga dagar: days that are no working days here, beside the public holidays."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from admin_views.config_view import ConfigView
from domain.permissions import Permission
from forms.config.system import ClosedDayForm


class ClosedDayView(ConfigView):
    """The municipality's own days off. They move the last days to confirm and to answer."""

    read_permission = Permission.CONFIG_SYSTEM
    form_class = ClosedDayForm
    can_delete = True
    summary = _("Klämdagar och andra dagar som inte räknas som arbetsdagar.")
    column_list = ("day", "name")
    column_labels = {"day": _("Dag"), "name": _("Namn")}
    column_sortable_list = ("day", "name")
    column_default_sort = ("day", True)
