"""Föregående and Nästa: which list a case was opened from, and where one goes from there.

The list travels in the address of the case as `lista`: what stands after "?" in the list's own
address, without the case type. Whatever is odd in it is replaced as in the list itself.
"""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from flask import request, url_for
from werkzeug.datastructures import MultiDict

from admin_views.cases.list_filter import read_filter
from admin_views.cases.listing import read_query
from domain.permissions import Actor, Permission, can
from domain.row_ids import row_id
from models import Case
from queries.case_list import ListQuery
from queries.configuration import configuration
from queries.neighbours import Neighbours, neighbours

NAME = "lista"
LONGEST = 1500


def carried_list() -> str | None:
    """The list that this page was opened from, None for the usual one."""
    sent = request.values.get(NAME, "")
    if not sent or len(sent) > LONGEST:
        return None
    try:
        pairs = parse_qsl(sent, max_num_fields=60)
    except ValueError:
        return None
    return urlencode([(name, value) for name, value in pairs if name != "type"]) or None


def neighbours_of(case: Case, actor: Actor) -> Neighbours:
    """The cases on either side in the list that the person came from."""
    return neighbours(_list_of(case, actor), case.id, actor)


def case_url(case_id: int, tab: str = "") -> str:
    """The address of a case, with the list carried along."""
    return url_for("case.edit_view", id=case_id, lista=carried_list(), _anchor=tab or None)


def list_url(case: Case) -> str:
    """The list that the case was opened from, at its row; else that of its case type."""
    layout = configuration().case_type(case.case_type_id)
    carried = carried_list()
    address = url_for("case.index_view", type=layout.key if layout else None)
    return f"{address}&{carried}#arende-{case.id}" if carried and layout else address


def url_after(case: Case) -> str:
    """Where Stäng leads: to the neighbour whose button was pressed, else to the list."""
    wanted = row_id(request.form.get("till", ""))
    return case_url(wanted) if wanted else list_url(case)


def _list_of(case: Case, actor: Actor) -> ListQuery:
    layout = configuration().case_type(case.case_type_id)
    assert layout is not None
    args = MultiDict(parse_qsl(carried_list() or ""))
    secrecy = can(actor, Permission.CASE_SECRECY_SET)
    return read_query(layout, read_filter(args, layout, secrecy=secrecy).filter, args)
