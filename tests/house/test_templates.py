"""Templates compile, name only files and icons that exist, and ask nothing of other servers."""

from __future__ import annotations

import re
from functools import cache

import pytest
from flask import Flask

from services.documents.case_document import environment as document_templates
from tests.house.sources import ROOT, name_of, templates

STATIC = ROOT / "static"
WEB = [path for path in templates() if path.suffix == ".html" and "emails" not in path.parts]
PUBLIC = [path for path in WEB if path.is_relative_to(ROOT / "templates" / "public")]

LOADED = re.compile(r"<(?:script|link|img|iframe|use|source|object|embed)\b[^>]*>", re.IGNORECASE)
FOREIGN = re.compile(r"""(?:src|href|data)\s*=\s*["']?\s*(?:https?:)?//""", re.IGNORECASE)
ICON = re.compile(r"""\bicon\(\s*["']([a-z0-9-]+)["']""")
ASSET = re.compile(r"""\basset\(\s*["']([\w./-]+)["']\s*\)""")
STYLES = re.compile(r"\b(styles|scripts)\(\[([^\]]*)\]")
FORM = re.compile(r"""<form\b[^>]*method=["']?post[^>]*>.*?</form>""", re.IGNORECASE | re.DOTALL)


@cache
def icons(listing: str) -> frozenset[str]:
    """The names that a sprite really holds, read from the sprite."""
    return frozenset(re.findall(r'<symbol id="([^"]+)"', (STATIC / "vendor" / listing).read_text()))


def test_every_template_compiles(app: Flask):
    names = [
        name for name in app.jinja_env.list_templates() if (ROOT / "templates" / name).exists()
    ]
    assert len(names) == len(templates())
    for name in names:
        if name.startswith("documents/"):
            document_templates().get_template(name.removeprefix("documents/"))
        else:
            app.jinja_env.get_template(name)


@pytest.mark.parametrize("path", WEB, ids=name_of)
def test_a_page_loads_nothing_from_elsewhere(path):
    tags = LOADED.findall(path.read_text(encoding="utf-8"))
    assert [tag for tag in tags if FOREIGN.search(tag)] == []


@pytest.mark.parametrize("path", WEB, ids=name_of)
def test_the_icons_that_a_template_names_exist(path):
    named = set(ICON.findall(path.read_text(encoding="utf-8")))
    assert named - icons("icons.svg") - icons("icons-common.svg") == set()


@pytest.mark.parametrize("path", PUBLIC, ids=name_of)
def test_public_pages_keep_to_the_small_sprite(path):
    """The large one is for staff; a citizen on a slow line should not wait for it."""
    assert set(ICON.findall(path.read_text(encoding="utf-8"))) - icons("icons-common.svg") == set()


def test_the_icon_macro_knows_the_small_sprite():
    macro = (ROOT / "templates" / "macros" / "ui.html").read_text(encoding="utf-8")
    listed = re.search(r"COMMON_ICONS = \[([^\]]*)\]", macro)
    assert listed is not None
    assert set(re.findall(r"'([^']+)'", listed[1])) == icons("icons-common.svg")


@pytest.mark.parametrize("path", WEB, ids=name_of)
def test_the_files_that_a_template_names_exist(path):
    text = path.read_text(encoding="utf-8")
    named = set(ASSET.findall(text))
    for kind, names in STYLES.findall(text):
        folder, suffix = ("css", "css") if kind == "styles" else ("js", "js")
        named |= {f"{folder}/{name}.{suffix}" for name in re.findall(r"'([^']+)'", names)}
    assert {name for name in named if not (STATIC / name).is_file()} == set()


@pytest.mark.parametrize("path", WEB, ids=name_of)
def test_every_post_form_carries_its_token(path):
    forms = FORM.findall(path.read_text(encoding="utf-8"))
    assert [form[:80] for form in forms if "csrf" not in form and "_form.html" not in form] == []


def test_style_sheets_of_ours_load_nothing_from_elsewhere():
    loaded = re.compile(r"url\(\s*[\"']?(?:https?:)?//|@import", re.IGNORECASE)
    found = [p.name for p in (STATIC / "css").glob("*.css") if loaded.search(p.read_text())]
    assert found == []
