"""/publicerat: questions and answers that the municipality has published, to search and to read."""

from __future__ import annotations

import re
from datetime import date

from flask import Response, make_response, render_template, request
from flask_babel import gettext as _

from domain.dates import month_in_words
from domain.search_words import MAX_LENGTH
from public_views.published_cache import unchanged, with_state
from queries.published import Search, areas, find_published, months, published
from web.language import chosen_language

MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
MAX_TEXT = 200


def published_list() -> Response:
    """The newest first; narrowed by words, area and month."""
    kept = unchanged()
    if kept is not None:
        return kept
    asked, notices = read_search()
    found = published(asked)
    page = render_template(
        "public/published.html",
        asked=asked,
        found=found,
        notices=notices,
        areas=areas(),
        months=[(month, month_label(month)) for month in months()],
        month_label=month_label,
        is_narrowed=bool(asked.text or asked.area or asked.month),
        noindex=bool(asked.text or asked.area or asked.month or asked.page),
    )
    return with_state(make_response(page))


def published_case(slug: str) -> Response:
    """One question with its answer and what was done."""
    kept = unchanged()
    if kept is not None and find_published(slug) is not None:
        return kept
    case = find_published(slug)
    if case is None:
        return make_response(render_template("public/published_gone.html"), 404)
    page = render_template("public/published_case.html", case=case, month_label=month_label)
    return with_state(make_response(page))


def read_search() -> tuple[Search, list[str]]:
    """What the address asks for, and a sentence for each thing that could not be used."""
    notices = []
    text = " ".join(request.args.get("sok", "").replace("\0", " ").split())
    if len(text) > MAX_TEXT or any(len(word) > MAX_LENGTH for word in text.split()):
        notices.append(_("Sökningen är för lång. Bara början av den används."))
    area = request.args.get("verksamhet", "").replace("\0", "")[:200]
    month = request.args.get("manad", "")
    if month and not MONTH.fullmatch(month):
        notices.append(_("Månaden kunde inte läsas. Välj en månad i listan."))
        month = ""
    return Search(text[:MAX_TEXT], area, month, _page()), notices


def _page() -> int:
    raw = request.args.get("sida", "")
    return int(raw) - 1 if raw.isascii() and raw.isdigit() and len(raw) < 6 else 0


def month_label(month: str) -> str:
    """ "november 2026", in the language of the page."""
    if not MONTH.fullmatch(month):
        return month
    return month_in_words(date.fromisoformat(f"{month}-01"), chosen_language())
