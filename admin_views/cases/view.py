"""The case pages. Assembled here, written in the files beside this one."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement

from admin_views.base import ScopedModelView
from admin_views.cases.creating import CaseCreating
from admin_views.cases.editing import CaseEditing
from admin_views.cases.listing import CaseListing
from domain.permissions import Permission, can
from queries.cases import visible_cases
from web.session import current_actor


class CaseView(CaseListing, CaseCreating, CaseEditing, ScopedModelView):
    """List, form and new case. The form comes from the configuration, so none is scaffolded."""

    read_permission = Permission.CASE_LIST
    form_columns = ("title",)
    column_list = ("id", "title")
    column_auto_select_related = False

    def scope(self) -> ColumnElement[bool]:
        return visible_cases(current_actor())

    def is_accessible(self) -> bool:
        """Whoever may list cases, or only make new ones."""
        actor = current_actor()
        return can(actor, Permission.CASE_LIST) or can(actor, Permission.CASE_CREATE)

    def is_visible(self) -> bool:
        """The menu has one entry per case type instead (admin_views/navigation.py)."""
        return False

    def save(self, form: Any, model: Any) -> None:
        raise AssertionError("Cases are saved by CaseEditing.")
