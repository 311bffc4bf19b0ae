"""Text becomes HTML by Jinja's escaping. The few places that vouch for HTML are named here."""

from __future__ import annotations

import re

from tests.house.sources import name_of, python_files, templates

# Who may say "this is HTML already", and why.
TRUSTED_PYTHON = {
    "domain/richtext.py": "cleaned by the allow-list in the same line",
    "services/documents/layout.py": "the text of a letter, cleaned a few lines above",
    "public_views/embedding.py": "a constant attribute",
    "forms/config_fields.py": "a template of ours, which escapes what it is given",
}
TRUSTED_TEMPLATES = {"templates/macros/trusted.html": "rich text, cleaned when it was stored"}

PYTHON = re.compile(r"\bMarkup\(|\|\s*safe\b|autoescape\s*=\s*False|render_template_string")
TEMPLATE = re.compile(r"\|\s*safe\b|\{%-?\s*autoescape\b|\|\s*tojson\s*\|")


def test_only_named_modules_make_markup():
    found = {
        name_of(path)
        for path in python_files()
        if not name_of(path).startswith("tests/")
        and PYTHON.search(path.read_text(encoding="utf-8"))
    }
    assert found == set(TRUSTED_PYTHON)


def test_only_named_templates_switch_escaping_off():
    found = {
        name_of(path) for path in templates() if TEMPLATE.search(path.read_text(encoding="utf-8"))
    }
    assert found == set(TRUSTED_TEMPLATES)


def test_no_template_carries_script_or_style_in_attributes():
    """The content security policy refuses them: they would silently do nothing."""
    inline = re.compile(r"<[^>]*\s(on[a-z]+|style)\s*=\s*[\"']", re.IGNORECASE)
    found = [
        name_of(path)
        for path in templates()
        if path.suffix == ".html"
        and not name_of(path).startswith("templates/emails/")
        and inline.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []
