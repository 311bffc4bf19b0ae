"""System → Åtkomstlogg: who read which case and when, without any content."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import request
from flask_admin import BaseView, expose
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from admin_views.base import GuardedView
from domain.permissions import Permission
from domain.row_ids import row_id
from forms.config.log_words import READINGS
from models import AccessEntry
from queries.access_log import AccessFilter, access_page

LONGEST_NAME = 200
YEARS = range(2000, 2100)


class AccessLogView(GuardedView, BaseView):
    """The newest readings. The log grows for ever, so it is not counted."""

    read_permission = Permission.LOG_VIEW
    summary = _("Vem som läst vilka ärenden och när.")

    @expose("/")
    def index(self) -> Any:
        asked = {name: request.args.get(name, "").strip() for name in NAMES}
        wanted, unread = _filter(asked)
        before = row_id(request.args.get("before", ""))
        return self.render(
            "admin/access_log.html",
            page=access_page(wanted, before) if not unread else None,
            asked={name: value for name, value in asked.items() if value},
            unread=unread,
            is_first=before is None,
            what=what,
        ), 422 if unread else 200


NAMES = ("person", "case", "since", "until")


def what(entry: AccessEntry) -> str:
    """What kind of thing was read. File names and numbers of letters are content: not here."""
    return gettext(READINGS[entry.what]) if entry.what in READINGS else entry.what


def _filter(asked: dict[str, str]) -> tuple[AccessFilter, dict[str, str]]:
    """The filter, and what could not be read of it (name → sentence)."""
    unread = {}
    case_id = row_id(asked["case"])
    if asked["case"] and case_id is None:
        unread["case"] = gettext("Skriv ärendets nummer med siffror.")
    days = {name: _day(asked[name]) for name in ("since", "until")}
    for name, day in days.items():
        if asked[name] and day is None:
            unread[name] = gettext("Skriv datum som 2026-11-22.")
    person = asked["person"].replace("\0", "")[:LONGEST_NAME]
    return AccessFilter(person, case_id, days["since"], days["until"]), unread


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in YEARS else None
