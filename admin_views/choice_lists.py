"""Ärendetyper → Vallistor: the lists and, inside each, its choices."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy.orm import selectinload

from admin_views.config_view import OfCaseTypeView, case_type_filter
from domain.permissions import Permission
from forms.config.choice_lists import ChoiceListForm
from models import ChoiceList
from services.config_children import save_with_children
from web.session import current_actor


def _labels(view: Any, context: Any, row: ChoiceList, name: str) -> str:
    return ", ".join(choice.label for choice in row.choices if choice.is_active)


class ChoiceListView(OfCaseTypeView):
    """Choice lists. A choice that cases carry is made inactive, never deleted."""

    read_permission = Permission.CONFIG_CASE_TYPES
    form_class = ChoiceListForm
    can_delete = True
    summary = _("Valen i listorna, deras ordning och vad de betyder för reglerna.")
    column_list = ("name", "key", "case_type", "choices")
    column_labels = {
        "name": _("Vallista"),
        "key": _("Nyckel"),
        "case_type": _("Ärendetyp"),
        "choices": _("Val"),
    }
    column_sortable_list = ("name", "key")
    column_default_sort = [("case_type_id", False), ("name", False)]
    column_searchable_list = ("name",)
    column_filters = (case_type_filter(ChoiceList.case_type_id),)
    column_formatters = {"choices": _labels}

    def list_options(self) -> Any:
        return (selectinload(ChoiceList.choices),)

    def add(self, form: ChoiceListForm) -> ChoiceList:
        new = ChoiceList()
        return save_with_children(new, form.values(), form.children(), actor=current_actor())

    def change(self, model: ChoiceList, form: ChoiceListForm) -> None:
        save_with_children(model, form.values(), form.children(), actor=current_actor())
