"""What is published for other programs: Atom, RSS and open data as JSON."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time
from email.utils import format_datetime
from typing import Any
from xml.etree import ElementTree as ET

from flask import Response, jsonify, request, url_for
from flask_babel import gettext as _

from domain.clock import STOCKHOLM
from extensions import current_settings
from models import PublishedCase
from public_views.published import read_search
from public_views.published_cache import unchanged, with_state
from queries.configuration import configuration
from queries.published import published

ATOM = "http://www.w3.org/2005/Atom"
IN_FEED, IN_DATA = 50, 200
LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/"
_FORBIDDEN = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Signs that XML 1.0 cannot hold."""


def atom() -> Response:
    """The newest fifty as Atom (RFC 4287)."""
    kept = unchanged()
    if kept is not None:
        return kept
    ET.register_namespace("", ATOM)
    feed = ET.Element(f"{{{ATOM}}}feed")
    cases = _newest()
    _atom(feed, "id", _address("public.published"))
    _atom(feed, "title", _title())
    _atom(feed, "updated", _latest(cases).isoformat())
    ET.SubElement(feed, f"{{{ATOM}}}link", rel="self", href=_address("public.published_atom"))
    ET.SubElement(feed, f"{{{ATOM}}}link", rel="alternate", href=_address("public.published"))
    author = ET.SubElement(feed, f"{{{ATOM}}}author")
    _atom(author, "name", configuration().municipality["name"])
    for case in cases:
        entry = ET.SubElement(feed, f"{{{ATOM}}}entry")
        address = _address("public.published_case", slug=case.slug)
        _atom(entry, "id", address)
        _atom(entry, "title", case.title)
        _atom(entry, "updated", case.changed_at.isoformat())
        _atom(entry, "published", _noon(case).isoformat())
        ET.SubElement(entry, f"{{{ATOM}}}link", rel="alternate", href=address)
        _atom(entry, "summary", case.question)
        content = _atom(entry, "content", case.answer)
        content.set("type", "html")
    return _xml(feed, "application/atom+xml")


def rss() -> Response:
    """The newest fifty as RSS 2.0."""
    kept = unchanged()
    if kept is not None:
        return kept
    root = ET.Element("rss", version="2.0")
    channel = ET.SubElement(root, "channel")
    cases = _newest()
    for name, text in (
        ("title", _title()),
        ("link", _address("public.published")),
        ("description", _("Frågor och svar som kommunen har publicerat.")),
        ("lastBuildDate", format_datetime(_latest(cases))),
    ):
        ET.SubElement(channel, name).text = _clean(text)
    for case in cases:
        item = ET.SubElement(channel, "item")
        address = _address("public.published_case", slug=case.slug)
        for name, text in (
            ("title", case.title),
            ("link", address),
            ("guid", address),
            ("pubDate", format_datetime(_noon(case))),
            ("category", case.area),
            ("description", case.question),
        ):
            ET.SubElement(item, name).text = _clean(text)
    return _xml(root, "application/rss+xml")


def open_data() -> Response:
    """All that is published, page by page (docs/how-to/open-data.md)."""
    kept = unchanged()
    if kept is not None:
        kept.headers["Access-Control-Allow-Origin"] = "*"
        return kept
    asked, _notices = read_search()
    found = published(asked, IN_DATA)
    more = found.page + 1 < found.pages
    response = jsonify(
        publisher=configuration().municipality["name"],
        licence=LICENCE,
        count=found.count,
        page=found.page + 1,
        pages=found.pages,
        next=_address("public.published_data", **_again(sida=found.page + 2)) if more else None,
        cases=[
            {**case.as_open_data(), "url": _address("public.published_case", slug=case.slug)}
            for case in found.cases
        ],
    )
    response.headers["Access-Control-Allow-Origin"] = "*"
    return with_state(response)


def _again(**more: int) -> dict[str, str]:
    return {**request.args.to_dict(), **{name: str(value) for name, value in more.items()}}


def _newest() -> tuple[PublishedCase, ...]:
    asked, _notices = read_search()
    return published(asked, IN_FEED).cases


def _latest(cases: tuple[PublishedCase, ...]) -> datetime:
    return max((case.changed_at for case in cases), default=datetime(2000, 1, 1, tzinfo=UTC))


def _noon(case: PublishedCase) -> datetime:
    """Only the day is known; noon is that day in all of Europe."""
    return datetime.combine(case.published_on, time(12), STOCKHOLM)


def _title() -> str:
    return _("Publicerade synpunkter – %(name)s", name=configuration().municipality["name"])


def _address(endpoint: str, **values: Any) -> str:
    """The whole address, from the settings and never from the request (T43)."""
    return current_settings().base_url + url_for(endpoint, **values)


def _atom(parent: ET.Element, name: str, text: str) -> ET.Element:
    element = ET.SubElement(parent, f"{{{ATOM}}}{name}")
    element.text = _clean(text)
    return element


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("", text)


def _xml(root: ET.Element, mimetype: str) -> Response:
    raw = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return with_state(Response(raw, content_type=f"{mimetype}; charset=utf-8"))
