"""The case list: one case type's cases, in its columns, open ones by default (manual H06, S07)."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from flask import abort, redirect, request, url_for
from flask_admin import expose
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from admin_views.cases.cells import cell
from admin_views.cases.list_columns import shown_columns
from admin_views.cases.list_filter import ReadFilter, chips, filter_args, labels, read_filter
from admin_views.cases.list_form import day_fields, filter_fields
from admin_views.cases.saved_views import list_args, own_default, view_links, view_notice
from domain.layout import CaseTypeLayout
from domain.permissions import Actor, Permission, can
from domain.row_ids import row_id
from models import SavedView
from queries.case_filter import CaseFilter
from queries.case_list import PAGE_SIZE, SHOWS, SORTS, CasePage, ListQuery, case_page
from queries.configuration import configuration
from queries.saved_views import views_for
from services.actors import case_types_for
from services.cases.bulk import actions_for
from web.access import note_access
from web.session import current_actor

MAX_PAGE = 200
LIST_TEMPLATE = "admin/case/list.html"


@dataclass(frozen=True)
class Column:
    """A column heading: its address sorts by it, and the other way round the second time."""

    key: str
    label: str
    url: str
    sorted: str  # "", "ascending" or "descending"


class CaseListing:
    """The list page."""

    @expose("/")
    def index_view(self) -> Any:
        actor = current_actor()
        types = case_types_for(actor, Permission.CASE_LIST, configuration())
        if not types:
            abort(403)
        if "type" not in request.args:
            return redirect(url_for("case.index_view", type=types[0].key))
        layout = next((t for t in types if t.key == request.args["type"]), None) or abort(404)
        views = views_for(actor, layout.id)
        opened = own_default(views, layout, actor)
        if opened:
            return redirect(opened)
        secrecy = can(actor, Permission.CASE_SECRECY_SET)
        read = read_filter(request.args, layout, secrecy=secrecy)
        query = read_query(layout, read.filter)
        found = case_page(query, actor)
        if query.page and not found.rows:
            return redirect(_url(layout, query, page=max(_pages(found) - 1, 0)))
        if query.filter.text:
            note_access("search", None, query.filter.text)  # the law asks for the words too
        return self._render_list(layout, query, found, actor, read, views)

    def _render_list(
        self,
        layout: CaseTypeLayout,
        query: ListQuery,
        found: CasePage,
        actor: Actor,
        read: ReadFilter,
        views: list[SavedView],
    ) -> Any:
        shown = shown_columns(layout, actor)
        return self.render(  # type: ignore[attr-defined]
            LIST_TEMPLATE,
            layout=layout,
            query=query,
            rows=found.rows,
            columns=_columns(layout, query, shown),
            views=view_links(views, layout, query.view, actor),
            view_args=list_args(_url(layout, query, page=0)),
            cell=lambda row, key: cell(row, key, layout),
            pages=_pages(found),
            summary=_summary(query, found),
            page_url=lambda page: _url(layout, query, page=page),
            show_url=lambda **changes: _url(layout, query, page=0, **changes),
            notices=_notices(read, query, actor, views),
            chips=chips(query.filter, layout, {p.id: p.name for p in found.people}),
            fields=filter_fields(query.filter, layout, found.handlers, actor),
            days=day_fields(query.filter, layout),
            search_label=labels(layout)["text"] if _may_search(actor) else _("Sök på nummer"),
            kept=_kept(layout, query),
            none_filter=CaseFilter(),
            can_create=can(actor, Permission.CASE_CREATE),
            flag_column=_flag_column(shown),
            can_mark=can(actor, Permission.EVENT_NOTE),
            bulk_actions=actions_for(layout, actor),
            can_print_letters=can(actor, Permission.LETTER_DOWNLOAD),
        )


def _may_search(actor: Actor) -> bool:
    return can(actor, Permission.CASE_SEARCH)


def _notices(read: ReadFilter, query: ListQuery, actor: Actor, views: list[SavedView]) -> list[str]:
    return [
        *read.notices,
        *_search_notice(query, actor),
        *_closed_notice(query),
        *view_notice(views, query.view),
    ]


def _search_notice(query: ListQuery, actor: Actor) -> list[str]:
    text = query.filter.text
    if not text or _may_search(actor) or row_id(text) is not None:
        return []
    return [_("Du som bara läser kan söka på ärendets nummer, men inte på ord.")]


def _closed_notice(query: ListQuery) -> list[str]:
    if query.show != "open" or not (query.filter.closed_from or query.filter.closed_to):
        return []
    return [_("Listan visar bara ärenden som inte är avslutade. Välj Avslutade eller Alla.")]


def read_query(
    layout: CaseTypeLayout, asked: CaseFilter, sent: MultiDict[str, str] | None = None
) -> ListQuery:
    """The asked list, with whatever is odd in the address replaced by the default."""
    args = request.args if sent is None else sent
    sort = args.get("sort", "")
    show = args.get("visa", "")
    page = args.get("sida", "")
    return ListQuery(
        case_type_id=layout.id,
        show=show if show in SHOWS else "open",
        mine=args.get("mina") == "1",
        favourites=args.get("favorit") == "1",
        flagged=args.get("flagga") == "1",
        sort=sort if sort in SORTS else "received_on",
        descending=args.get("ordning", "desc" if sort not in SORTS else "asc") == "desc",
        page=min(max(int(page) - 1, 0), MAX_PAGE - 1) if _is_number(page) else 0,
        page_size=PAGE_SIZE,
        filter=asked,
        view=int(args["vy"]) if _is_number(args.get("vy", "")) else None,
    )


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 7


def list_address(layout: CaseTypeLayout, query: ListQuery) -> str:
    """The address of this list."""
    return _url(layout, query)


def _url(layout: CaseTypeLayout, query: ListQuery, **changes: Any) -> str:
    """The address of this list with some of its questions changed; defaults are left out."""
    asked = {**vars(query), **changes}
    parts: dict[str, Any] = {"type": layout.key, **filter_args(asked["filter"])}
    if asked["show"] != "open":
        parts["visa"] = asked["show"]
    if asked["mine"]:
        parts["mina"] = 1
    if asked["favourites"]:
        parts["favorit"] = 1
    if asked["flagged"]:
        parts["flagga"] = 1
    if (asked["sort"], asked["descending"]) != ("received_on", True):
        parts |= {"sort": asked["sort"], "ordning": "desc" if asked["descending"] else "asc"}
    if asked["view"] is not None:
        parts["vy"] = asked["view"]
    if asked["page"]:
        parts["sida"] = asked["page"] + 1
    return url_for("case.index_view", **parts)


def _kept(layout: CaseTypeLayout, query: ListQuery) -> list[tuple[str, str]]:
    """What the filter's form carries along: which list, whose, and in which order."""
    address = urlsplit(_url(layout, query, filter=CaseFilter(), page=0))
    return parse_qsl(address.query)


def _columns(layout: CaseTypeLayout, query: ListQuery, shown: list[dict[str, str]]) -> list[Column]:
    columns = []
    for column in shown:
        key = column["key"]
        is_sorted = key == query.sort
        descending = is_sorted and not query.descending
        url = ""
        if key in SORTS:
            url = _url(layout, query, sort=key, descending=descending, page=0)
        state = ("descending" if query.descending else "ascending") if is_sorted else ""
        columns.append(Column(key, column["label"], url, state))
    return columns


def _flag_column(shown: list[dict[str, str]]) -> str:
    """The column that shows a flag's words: the title, which is wide, else the first."""
    keys = [column["key"] for column in shown]
    return "title" if "title" in keys else next(iter(keys), "")


def _pages(found: CasePage) -> int:
    return min(max(ceil(found.count / PAGE_SIZE), 1), MAX_PAGE)


def _summary(query: ListQuery, found: CasePage) -> str:
    """ "Sida 1 av 3 [142 ärenden]", as the manual's list has it."""
    count = f"{found.count}+" if found.is_capped else str(found.count)
    return _(
        "Sida %(page)s av %(pages)s [%(count)s ärenden]",
        page=query.page + 1,
        pages=_pages(found),
        count=count,
    )
