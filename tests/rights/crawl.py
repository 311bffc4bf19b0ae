"""Walking the pages: every address that anybody is led to, with its links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urldefrag, urljoin, urlsplit

from werkzeug.test import TestResponse

from tests.rights.oracle import Subject
from tests.rights.world import World
from tests.support.share import IS_FULL

START = ("/", "/admin/", "/admin/case/", "/admin/my-page/")
LINK = re.compile(r"""(?:href|src|action|data-[\w-]*url)\s*=\s*["']([^"'#][^"']*)["']""")
LEAVES = ("/static/", "/logout")
"""Not followed: files for everybody, and the way out."""

PER_SHAPE = 12 if IS_FULL else 4
"""Addresses of one shape (numbers and query values left out) that are kept; a list has many."""


def addresses(world: World, people: tuple[Subject, ...]) -> list[str]:
    """Every address that one of `people` is led to, from the first pages on."""
    found: dict[str, None] = dict.fromkeys(START)
    shapes: dict[str, int] = {}
    for who in people:
        waiting = list(found)
        seen = set(waiting)
        while waiting:
            path = waiting.pop()
            for link in links_in(world.get(who, path), path):
                if link not in seen and _is_wanted(link, found, shapes):
                    seen.add(link)
                    found[link] = None
                    waiting.append(link)
    return list(found)


def links_in(answer: TestResponse, path: str) -> Iterator[str]:
    """Addresses of our own that an answer names."""
    if answer.location:
        yield from _own(answer.location, path)
    if answer.mimetype in ("text/html", "application/json"):
        for found in LINK.finditer(answer.text):
            yield from _own(unescape(found.group(1)), path)


def _own(link: str, path: str) -> Iterator[str]:
    parts = urlsplit(urldefrag(urljoin(f"http://localhost{path}", link)).url)
    if parts.scheme in ("http", "https") and parts.hostname == "localhost":
        yield parts.path + (f"?{parts.query}" if parts.query else "")


def _is_wanted(link: str, found: dict[str, None], shapes: dict[str, int]) -> bool:
    if link in found:
        return True
    if link.startswith(LEAVES):
        return False
    shape = shape_of(link)
    shapes[shape] = shapes.get(shape, 0) + 1
    return shapes[shape] <= PER_SHAPE


def shape_of(link: str) -> str:
    """The address without what differs from row to row."""
    parts = urlsplit(link)
    path = re.sub(r"/(?:\d+|[\w-]{20,})(?=/|$)", "/*", parts.path)
    return path + "?" + "&".join(sorted(pair.partition("=")[0] for pair in parts.query.split("&")))
