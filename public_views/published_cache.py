"""Caching of what is published: kept by everybody, asked anew each time, gone at the next request.

An address is answered with 304 as long as nothing that is published has changed. So a case that
was taken back is shown to nobody after that, whatever a browser or a proxy has kept.
"""

from __future__ import annotations

import hashlib

from flask import Response, make_response, request

from queries.configuration import configuration
from queries.published import state
from web.language import chosen_language

KEPT = "public, max-age=0, must-revalidate"


def unchanged() -> Response | None:
    """The answer 304 when the browser holds this very page."""
    if not request.if_none_match.contains_weak(_tag()):
        return None
    return with_state(make_response("", 304))


def with_state(response: Response) -> Response:
    """The response with its tag and how it may be kept."""
    response.set_etag(_tag(), weak=True)
    response.headers["Cache-Control"] = KEPT
    response.vary.add("Cookie")
    return response


def _tag() -> str:
    """What the page depends on: the published cases, the settings, the address, the language."""
    parts = (state(), configuration().version, request.full_path, chosen_language())
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:24]
