"""Ärendetyper → Fält: where each field stands, its words, and when it must be filled in."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from admin_views.config_view import OfCaseTypeView, case_type_filter, in_words, yes_or_no
from domain.permissions import Permission
from forms.config import words
from forms.config.fields import FieldForm
from models import Field


class FieldView(OfCaseTypeView):
    """Fields on tabs. What cases hold in a deleted field stays stored."""

    read_permission = Permission.CONFIG_CASE_TYPES
    form_class = FieldForm
    can_delete = True
    summary = _("Fälten på flikarna: ledtext, hjälptext, ordning och när de är obligatoriska.")
    column_list = ("label", "key", "case_type", "tab", "position", "required_when", "is_many")
    column_labels = {
        "label": _("Ledtext"),
        "key": _("Fält"),
        "case_type": _("Ärendetyp"),
        "tab": _("Flik"),
        "position": _("Ordning"),
        "required_when": _("Obligatoriskt"),
        "is_many": _("Flera val"),
    }
    column_sortable_list = ("label", "position")
    column_default_sort = [("case_type_id", False), ("tab_id", False), ("position", False)]
    column_searchable_list = ("label", "help")
    column_filters = (case_type_filter(Field.case_type_id),)
    column_formatters = {
        "key": in_words(words.CORE_FIELDS),
        "required_when": in_words(words.REQUIRED_WHEN),
        "is_many": yes_or_no,
    }
