"""WTForms' ready-made sentences reach people in the language of the page."""

from __future__ import annotations

import re
from pathlib import Path

import wtforms
from flask import Flask
from wtforms.fields.choices import SelectChoice

from forms.base import Form

ROOT = Path(__file__).parents[2]


class _Colour(Form):
    colour = wtforms.SelectField(choices=[SelectChoice("red", "Röd")])


def test_a_wrong_choice_is_told_in_swedish(app: Flask):
    with app.test_request_context():
        form = _Colour(data={"colour": "blue"})
        form.validate()
        assert form.colour.errors == ["Inte ett giltigt val"]


def test_no_form_is_made_from_the_form_that_only_knows_english():
    folders = ("forms", "admin_views", "public_views")
    paths = [path for name in folders for path in (ROOT / name).rglob("*.py")]
    plain = re.compile(r"^class \w+\((?:.*, )?(?:wtforms\.)?Form\)", re.MULTILINE)
    texts = {path: path.read_text(encoding="utf-8") for path in paths}
    found = [path for path, text in texts.items() if plain.search(text)]
    assert len(found) > 5
    for path in found:
        assert path.name == "base.py" or "from forms.base import Form" in texts[path], path
