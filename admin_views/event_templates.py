"""Ärendetyper → Händelsemallar: what Välj ny händelse… offers, with texts and effects."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from admin_views.config_view import (
    OfCaseTypeView,
    RowFilter,
    case_type_filter,
    in_words,
    yes_no,
    yes_or_no,
)
from domain.permissions import Permission
from domain.template_names import FILTERS, NAMES
from forms.config import words
from forms.config.event_templates import EventTemplateForm
from models import EventTemplate


class EventTemplateView(OfCaseTypeView):
    """Event templates and standard events. Used ones are made inactive, never deleted."""

    read_permission = Permission.CONFIG_CASE_TYPES
    form_class = EventTemplateForm
    summary = _("Mejl, brev och andra händelser: texter, mottagare och vad de leder till.")
    create_template = "admin/config/text_create.html"
    edit_template = "admin/config/text_edit.html"
    column_list = ("label", "case_type", "group", "kind", "recipient", "position", "is_active")
    column_labels = {
        "label": _("Namn i menyn"),
        "case_type": _("Ärendetyp"),
        "group": _("Rubrik"),
        "kind": _("Sort"),
        "recipient": _("Mottagare"),
        "position": _("Ordning"),
        "is_active": _("Aktiv"),
    }
    column_sortable_list = ("label", "position")
    column_default_sort = [("case_type_id", False), ("position", False)]
    column_searchable_list = ("label", "subject", "body")
    column_filters = (
        case_type_filter(EventTemplate.case_type_id),
        RowFilter(EventTemplate.is_active, _("Aktiv"), yes_no),
    )
    column_formatters = {
        "group": in_words(words.GROUPS),
        "kind": in_words(words.TEMPLATE_KINDS),
        "recipient": in_words(words.RECIPIENTS),
        "is_active": yes_or_no,
    }

    def render(self, template: str, **kwargs: Any) -> str:
        return super().render(template, names=NAMES, filters_of_texts=FILTERS, **kwargs)
