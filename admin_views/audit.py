"""System → Ändringslogg: who changed what and when, without the content of cases."""

from __future__ import annotations

import json
from typing import Any

from flask_admin.contrib.sqla.filters import BaseSQLAFilter
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from admin_views.config_view import ConfigView, RowFilter, in_words, moment
from domain.permissions import Permission
from domain.row_ids import row_id
from forms.config.log_words import ACTIONS, TABLES, field_name
from models import AuditEntry

LONGEST_VALUE = 200


def _subject(view: Any, context: Any, entry: AuditEntry, name: str) -> str:
    """ "Ärende 3868" or "Enhet 12"."""
    if entry.case_id is not None:
        return gettext("Ärende %(number)s", number=entry.case_id)
    table, _blank, number = entry.subject.partition(" ")
    return f"{gettext(TABLES[table][0])} {number}" if table in TABLES else entry.subject


def _field(view: Any, context: Any, entry: AuditEntry, name: str) -> str:
    shown = field_name(entry.subject if entry.case_id is None else "", entry.field)
    return gettext(shown) if isinstance(shown, str) and shown else str(shown)


def _value(view: Any, context: Any, entry: AuditEntry, name: str) -> str:
    """Values of the configuration. An administrator does not see what cases say (D12)."""
    value = getattr(entry, name)
    if entry.case_id is not None or value is None:
        return ""
    if isinstance(value, bool):
        return gettext("Ja") if value else gettext("Nej")
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"


class CaseNumberFilter(BaseSQLAFilter):
    """The entries of one case."""

    def validate(self, value: str) -> bool:
        return row_id(value) is not None

    def apply(self, query: Any, value: Any, alias: Any = None) -> Any:
        return query.filter(AuditEntry.case_id == row_id(value))

    def operation(self) -> Any:
        return _("är")


class AboutFilter(RowFilter):
    """Entries about cases, or about everything else."""

    def apply(self, query: Any, value: Any, alias: Any = None) -> Any:
        about_cases = AuditEntry.case_id.is_not(None)
        return query.filter(about_cases if value == "cases" else ~about_cases)


def _subjects() -> list[tuple[Any, str]]:
    return [("config", gettext("Inställningar och konton")), ("cases", gettext("Ärenden"))]


class AuditView(ConfigView):
    """The change log. Nothing here can be changed by anybody.

    It grows for ever, so it is not counted, and its filters are those that an index answers.
    """

    read_permission = Permission.CONFIG_SYSTEM
    can_create = can_edit = False
    simple_list_pager = True
    max_page = 200
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
    column_filters = (
        AboutFilter(AuditEntry.subject, _("Gäller"), _subjects),
        CaseNumberFilter(AuditEntry.case_id, _("Ärende")),
    )
    column_formatters = {
        "at": moment,
        "action": in_words(ACTIONS),
        "subject": _subject,
        "field": _field,
        "old": _value,
        "new": _value,
    }
    column_display_actions = False
