"""The language of the citizens' pages: ?lang=, else a cookie that was set by it, else Swedish.

Staff pages are Swedish always. The choice is kept in a cookie of its own, without a session, and
in every address as long as the first one had it: that works where cookies are refused, too.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask import Flask, Response, has_request_context, request, url_for

from domain.dates import day_in_words
from domain.own_texts import LANGUAGES, SWEDISH
from extensions import current_settings

COOKIE = "gensvar-lang"
WITHOUT = (
    "public.style_sheet", "public.logo", "public.manifest", "public.published_atom",
    "public.published_rss", "public.published_data",
)  # fmt: skip
"""Public addresses that are the same in every language."""


def chosen_language() -> str:
    """The language of this page."""
    if not has_request_context() or not _is_public():
        return SWEDISH
    return _asked() or _known(request.cookies.get(COOKIE)) or SWEDISH


def register(app: Flask) -> None:
    """Let pages, addresses and the cookie follow the choice."""
    app.context_processor(_names)
    app.url_defaults(_keep_in_address)
    app.after_request(_remember)


def date_in_words(value: date | datetime | None) -> str:
    """A date in running text, in the language of the page."""
    return day_in_words(value, chosen_language())


def language_links() -> list[tuple[str, str, str]]:
    """(language, its name, this page in it); none for what came from a form: its text would go."""
    if request.method != "GET" or not request.endpoint or not _is_public():
        return []
    values = {**(request.view_args or {}), **request.args.to_dict()}
    return [
        (code, name, url_for(request.endpoint, **{**values, "lang": code}))
        for code, name in LANGUAGES.items()
    ]


def _names() -> dict[str, Any]:
    return {"html_lang": chosen_language(), "language_links": language_links}


def _is_public() -> bool:
    """A page of citizens, or the error page of an address outside the staff's part."""
    if request.endpoint:
        return request.endpoint.startswith("public.")
    return not request.path.startswith(("/admin", "/login", "/arende"))


def _asked() -> str:
    return _known(request.args.get("lang"))


def _known(language: str | None) -> str:
    return language if language in LANGUAGES else ""


def _keep_in_address(endpoint: str, values: dict[str, Any]) -> None:
    is_page = endpoint.startswith("public.") and endpoint not in WITHOUT
    if is_page and has_request_context() and _is_public() and _asked() not in ("", SWEDISH):
        values.setdefault("lang", _asked())


def _remember(response: Response) -> Response:
    asked = _asked() if _is_public() and request.endpoint not in WITHOUT else ""
    if asked and asked != (request.cookies.get(COOKIE) or SWEDISH):
        response.set_cookie(
            COOKIE,
            asked,
            secure=current_settings().is_https,
            httponly=True,
            samesite="Lax",
        )
    return response
