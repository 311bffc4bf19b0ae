"""Organisation → Roller: who may do what, and where. Roles are given on each person's page."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy.orm import joinedload

from admin_views.config_view import ConfigView, RowFilter, in_words, yes_or_no
from domain.permissions import Permission
from forms.config import words
from models import RoleAssignment
from queries import config_options


def _case_type(view: Any, context: Any, row: RoleAssignment, name: str) -> str:
    return row.case_type.name if row.case_type else gettext("Alla ärendetyper")


def _role_words() -> list[tuple[Any, str]]:
    return [(role, gettext(name)) for role, name in words.ROLES.items()]


class RoleView(ConfigView):
    """All roles that people hold, in one list."""

    read_permission = Permission.CONFIG_USERS
    can_create = can_edit = False
    summary = _("Vem som har vilken roll, var i organisationen.")
    list_template = "admin/config/roles.html"
    column_list = ("user", "role", "unit", "case_type", "sees_secret")
    column_labels = {
        "user": _("Person"),
        "role": _("Roll"),
        "unit": _("Enhet, och alla under den"),
        "case_type": _("Ärendetyp"),
        "sees_secret": _("Ser sekretessbelagda"),
    }
    column_sortable_list = (("user", "user.sort_key"), "role", ("unit", "unit.sort_key"))
    column_default_sort = ("user.sort_key", False)
    column_filters = (
        RowFilter(RoleAssignment.role, _("Roll"), _role_words),
        RowFilter(RoleAssignment.unit_id, _("Enhet"), config_options.units),
    )
    column_formatters = {
        "role": in_words(words.ROLES),
        "case_type": _case_type,
        "sees_secret": yes_or_no,
    }
    column_display_actions = False

    def list_options(self) -> Any:
        return (joinedload(RoleAssignment.user), joinedload(RoleAssignment.case_type))

    def render(self, template: str, **kwargs: Any) -> str:
        roles = [(words.ROLES[role], words.ROLE_HELP[role]) for role in words.ROLES]
        return super().render(template, roles=roles, **kwargs)
