"""The menu of the staff pages (manual H05), made of the case types and the registered views."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import current_app, request, url_for
from flask_admin import Admin, BaseView
from flask_babel import gettext as _

from domain import text
from domain.permissions import Permission, can
from queries.configuration import configuration
from services.actors import case_types_for
from services.reports.keeping import may_keep
from web.session import current_actor

CASE_TYPES = text._("Ärendetyper")
ORGANISATION = text._("Organisation")
SYSTEM = text._("System")


@dataclass(frozen=True)
class Entry:
    """One link of the menu."""

    name: str
    url: str
    is_current: bool = False
    summary: str = ""
    is_list: bool = False


@dataclass(frozen=True)
class Group:
    """A heading of the menu with its links."""

    name: str
    entries: tuple[Entry, ...]


def navigation() -> list[Group]:
    """The groups that the person may see, each with at least one link."""
    groups = [Group(_("Ärenden"), tuple(_case_entries()))]
    groups.append(Group(_("Statistik"), tuple(_statistics_entries())))
    groups += [_group(name) for name in (CASE_TYPES, ORGANISATION, SYSTEM)]
    return [group for group in groups if group.entries]


def _case_entries() -> Iterator[Entry]:
    """Att göra; for each case type its list, and *Nytt ärende* where the person may make one."""
    actor, config = current_actor(), configuration()
    creatable = case_types_for(actor, Permission.CASE_CREATE, config)
    listed = case_types_for(actor, Permission.CASE_LIST, config)
    if listed:
        home = url_for("admin.index")
        yield Entry(_("Att göra"), home, is_current=request.endpoint == "admin.index")
    for case_type in listed:
        here = request.blueprint == "case" and request.args.get("type") == case_type.key
        new = request.endpoint == "case.create_view"
        url = url_for("case.index_view", type=case_type.key)
        yield Entry(case_type.name, url, is_current=here and not new, is_list=True)
        if case_type in creatable:
            url = url_for("case.create_view", type=case_type.key)
            name = _("Nytt ärende – %(case_type)s", case_type=case_type.name)
            yield Entry(name, url, is_current=here and new)


def _statistics_entries() -> Iterator[Entry]:
    """Statistik; for each case type that the person may count, its overview."""
    actor, config = current_actor(), configuration()
    for case_type in case_types_for(actor, Permission.STATISTICS_VIEW, config):
        here = request.blueprint == "statistics"
        chosen = request.args.get("typ", "")
        yield Entry(
            case_type.name,
            url_for("statistics.index", typ=case_type.key),
            is_current=here and chosen in ("", case_type.key),
        )
    if can(actor, Permission.STATISTICS_VIEW):
        here = request.blueprint == "kept_reports"
        yield Entry(_("Nämndrapporter"), url_for("kept_reports.index"), is_current=here)
    if may_keep(actor):
        here = request.blueprint == "report_schedules"
        yield Entry(_("Utskick"), url_for("report_schedules.index"), is_current=here)


def _group(name: str) -> Group:
    views = [v for v in _admin()._views if v.category == name]
    shown = [v for v in views if v.is_accessible() and v.is_visible()]
    return Group(_(name), tuple(_entry(view) for view in shown))


def _entry(view: BaseView) -> Entry:
    url = url_for(f"{view.endpoint}.{view._default_view}")
    summary = getattr(view, "summary", "")
    return Entry(
        _(view.name), url, request.blueprint == view.endpoint, _(summary) if summary else ""
    )


def _admin() -> Admin:
    """The one Admin of this application."""
    admin: Admin = current_app.extensions["admin"][0]
    return admin
