"""The manual under Hjälp is true: what it names exists, and what leads to it arrives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from io import BytesIO

import pytest
from babel.messages.pofile import read_po
from flask import Flask

from admin_views.help_contents import BY_SLUG, PAGES, READERS
from admin_views.help_links import EVENT_HELP, OF_A_CASE, OTHER_TABS, PAGE_HELP, TAB_HELP
from admin_views.help_search import sections_of
from domain.fields import CORE_FIELDS
from services.presets.reading import available_presets
from services.presets.validating import read_preset
from tests.house.sources import ROOT
from translations.extract import template

FOLDER = ROOT / "templates" / "admin" / "help" / "pages"
FILES = sorted(FOLDER.glob("*.html"))
UI = re.compile(r'<b class="ui">(.*?)</b>', re.DOTALL)
WITHOUT_HELP = {"help", "case"}
"""The help itself, and the case view, whose pages are named one by one."""

HARDEST = 45
"""LIX: below 30 is for children, 40 is a newspaper."""


def texts(slug: str) -> str:
    return (FOLDER / f"{slug}.html").read_text(encoding="utf-8")


@cache
def words_on_screen() -> frozenset[str]:
    """Every sentence of the pages, and the names that the presets give."""
    found = {str(m.id) for m in read_po(BytesIO(template())) if isinstance(m.id, str)}
    for name in available_presets():
        found |= set(labels_in(read_preset(name).__dict__))
    return frozenset(found)


def labels_in(value: object) -> Iterator[str]:
    """The labels and names in a preset, however deep."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ("label", "name") and isinstance(inner, str):
                yield inner
            else:
                yield from labels_in(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from labels_in(inner)


def lix(source: str) -> float:
    """Läsbarhetsindex: words a sentence, and the share of words longer than six letters."""
    ends = re.sub(r"</(?:li|p|h2)>", ". ", source)
    plain = unescape(re.sub(r"<[^>]+>", "", ends))
    sentences = [s for s in re.split(r"[.?!:]\s", plain) if re.search(r"\w", s)]
    words = re.findall(r"\w+", plain)
    return len(words) / len(sentences) + 100 * sum(len(w) > 6 for w in words) / len(words)


def test_every_page_has_its_text_and_every_text_its_page():
    assert {path.stem for path in FILES} == set(BY_SLUG)
    assert len(BY_SLUG) == len(PAGES)


def test_everybody_is_led_to_pages_that_exist_and_every_page_is_for_somebody():
    led_to = {slug for _name, slugs in READERS for slug in slugs}
    assert led_to == set(BY_SLUG)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_the_help_names_is_on_the_screen(path):
    named = {" ".join(unescape(word).split()) for word in UI.findall(texts(path.stem))}
    assert named - words_on_screen() == set()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_help_is_plain_and_complete(path):
    source = texts(path.stem)
    assert lix(source) < HARDEST
    assert not re.search(r"\{[{%#]|<b>|<strong>|<script|style=", source)
    assert source.count("<section id=") == source.count("</section>") == source.count("<h2")


def test_every_link_to_the_help_arrives(app: Flask):
    places = [
        OF_A_CASE,
        *PAGE_HELP.values(),
        *EVENT_HELP.values(),
        OTHER_TABS,
        *dict(TAB_HELP).values(),
    ]
    for place in places:
        slug, _hash, anchor = place.partition("#")
        assert anchor in {section.anchor for section in sections_of(slug)}, place
    anchors = [(page.slug, s.anchor) for page in PAGES for s in sections_of(page.slug)]
    assert len(anchors) == len(set(anchors))


def test_the_mapping_names_pages_fields_and_views_that_exist(app: Flask):
    views = {view.endpoint for view in app.extensions["admin"][0]._views}
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert {name for name in PAGE_HELP if name not in views | endpoints} == set()
    assert dict(TAB_HELP).keys() <= {*CORE_FIELDS, "correspondence"}


def test_every_page_of_the_menu_has_its_help(app: Flask):
    listed = [view for view in app.extensions["admin"][0]._views if view.category]
    assert listed
    assert [view.endpoint for view in listed if view.endpoint not in PAGE_HELP] == []
    every = {view.endpoint for view in app.extensions["admin"][0]._views}
    small = {name for name in every - PAGE_HELP.keys() if name.startswith("case_")}
    assert every - PAGE_HELP.keys() - small == WITHOUT_HELP
