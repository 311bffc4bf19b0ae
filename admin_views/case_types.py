"""Ärendetyper → Ärendetyper: names, limits, senders and list columns."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from admin_views.config_view import ConfigView, in_words, yes_or_no
from domain.permissions import Permission
from forms.config import words
from forms.config.case_types import CaseTypeForm


class CaseTypeView(ConfigView):
    """Case types. One that has cases is made inactive, never deleted."""

    read_permission = Permission.CONFIG_CASE_TYPES
    form_class = CaseTypeForm
    summary = _("Namn, svarstider, avsändare och ärendelistans kolumner.")
    column_list = ("name", "key", "acknowledge_days", "answer_days", "mail_content", "is_active")
    column_labels = {
        "name": _("Namn"),
        "key": _("Nyckel"),
        "acknowledge_days": _("Bekräfta inom"),
        "answer_days": _("Svara inom"),
        "mail_content": _("I mejl"),
        "is_active": _("Aktiv"),
    }
    column_sortable_list = ("name", "key")
    column_default_sort = ("position", False)
    column_formatters = {
        "mail_content": in_words(words.MAIL_CONTENT),
        "is_active": yes_or_no,
    }
