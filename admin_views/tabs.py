"""Ärendetyper → Flikar: the tabs of the case form, and their order for each role."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from admin_views.config_view import OfCaseTypeView, case_type_filter
from domain.permissions import Permission
from forms.config import words
from forms.config.case_types import TabForm
from models import Tab


def _places(view: Any, context: Any, tab: Tab, name: str) -> str:
    """ "Synpunktsregistrerare 3": the places that differ."""
    places = tab.role_positions.items()
    return ", ".join(f"{gettext(words.ROLES[role])} {place}" for role, place in places)


class TabView(OfCaseTypeView):
    """Tabs. One without fields can be deleted."""

    read_permission = Permission.CONFIG_CASE_TYPES
    form_class = TabForm
    can_delete = True
    summary = _("Ärendets flikar och deras ordning, även för enskilda roller.")
    column_list = ("label", "case_type", "position", "role_positions")
    column_labels = {
        "label": _("Flik"),
        "case_type": _("Ärendetyp"),
        "position": _("Ordning"),
        "role_positions": _("Annan ordning för"),
    }
    column_sortable_list = ("label", "position")
    column_default_sort = [("case_type_id", False), ("position", False)]
    column_filters = (case_type_filter(Tab.case_type_id),)
    column_formatters = {"role_positions": _places}
