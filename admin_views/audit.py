"""System → Ändringslogg: who changed what and when, without the content of cases."""

from __future__ import annotations

import json
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from admin_views.config_view import ConfigView, moment
from domain.permissions import Permission
from models import AuditEntry


def _subject(view: Any, context: Any, entry: AuditEntry, name: str) -> str:
    if entry.case_id is not None:
        return gettext("Ärende %(number)s", number=entry.case_id)
    return entry.subject


def _value(view: Any, context: Any, entry: AuditEntry, name: str) -> str:
    """Values of the configuration. An administrator does not see what cases say (D12)."""
    value = getattr(entry, name)
    if entry.case_id is not None or value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 200 else text[:199] + "…"


class AuditView(ConfigView):
    """The change log. Nothing here can be changed by anybody."""

    read_permission = Permission.CONFIG_SYSTEM
    can_create = can_edit = False
    summary = _("Vem som ändrat vad och när.")
    column_list = ("at", "actor_name", "action", "subject", "field", "old", "new")
    column_labels = {
        "at": _("Tid"),
        "actor_name": _("Vem"),
        "action": _("Händelse"),
        "subject": _("Vad"),
        "field": _("Fält"),
        "old": _("Före"),
        "new": _("Efter"),
    }
    column_sortable_list = ()
    column_default_sort = ("id", True)
    column_searchable_list = ("actor_name", "action", "subject")
    column_formatters = {"at": moment, "subject": _subject, "old": _value, "new": _value}
    column_display_actions = False
