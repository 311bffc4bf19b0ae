"""System → Standardtexter: the phrases that can be put into answers and messages."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy.orm import joinedload

from admin_views.config_view import OfCaseTypeView, case_type_filter, yes_or_no
from domain.permissions import Permission
from forms.config.phrases import PhraseForm
from models import Phrase


def _category(view: Any, context: Any, row: Phrase, name: str) -> str:
    return row.choice.label if row.choice else gettext("Alla ärenden")


class PhraseView(OfCaseTypeView):
    """Phrases by case type. Nothing refers to a phrase, so one that nobody wants may be deleted."""

    read_permission = Permission.CONFIG_CASE_TYPES
    form_class = PhraseForm
    can_delete = True
    summary = _("Färdiga texter som går att infoga i svar och meddelanden.")
    column_list = ("title", "case_type", "choice", "position", "is_active")
    column_labels = {
        "title": _("Rubrik"),
        "case_type": _("Ärendetyp"),
        "choice": _("Kategori"),
        "position": _("Ordning"),
        "is_active": _("Aktiv"),
    }
    column_sortable_list = ("title", "position")
    column_default_sort = [("case_type_id", False), ("position", False)]
    column_searchable_list = ("title", "body")
    column_filters = (case_type_filter(Phrase.case_type_id),)
    column_formatters = {"choice": _category, "is_active": yes_or_no}

    def list_options(self) -> Any:
        return (joinedload(Phrase.choice),)
