"""Every sentence that citizens' pages can show is there in English and in Finnish."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file

from domain.own_texts import LONG_TEXTS, OTHERS
from services.presets.reading import available_presets
from services.presets.validating import read_preset
from translations.compiling import catalogue, compiled, sources
from translations.extract import KEYWORDS

ROOT = Path(__file__).parents[2]
PLACES = (
    "templates/public/*.html", "templates/errors/*.html", "templates/macros/field_parts.html",
    "templates/macros/fields.html", "templates/macros/frame.html", "public_views/*.py",
    "forms/public_form.py", "forms/reply_form.py", "forms/file_field.py", "forms/fields.py",
    "forms/guarded.py", "domain/accessibility.py",
    "domain/file_types.py", "domain/file_guard.py", "domain/file_names.py",
    "domain/file_signatures.py", "domain/spam.py", "services/attachments.py",
    "services/submissions.py", "web/file_responses.py", "queries/public_case.py",
)  # fmt: skip
"""Whatever a citizen can meet: pages, errors, forms, refusals of files."""

STAFF_TEXTS = re.compile(r"texts\.update\(\{.*?\}\)", re.DOTALL)
"""In frame.html: what only the staff's scripts show."""

GAP = re.compile(r"%\(\w+\)s|\{\w+\}")


def sentences() -> set[str]:
    found: set[str] = set()
    for place in PLACES:
        for path in ROOT.glob(place):
            method = "jinja2" if path.suffix == ".html" else "python"
            only_staff = " ".join(STAFF_TEXTS.findall(path.read_text(encoding="utf-8")))
            for _line, text, _comments, _context in extract_from_file(
                method, str(path), keywords=KEYWORDS
            ):
                assert isinstance(text, str), path
                if f"_('{text}')" not in only_staff and f"_('{text}'," not in only_staff:
                    found.add(text)
    return found


def test_the_places_hold_the_sentences_of_the_form():
    assert {"Skicka", "Fyll i det här.", "Sidan finns inte", "Välj ett alternativ."} <= sentences()


def test_there_is_a_catalogue_for_every_language_and_it_is_compiled():
    assert {path.parts[-3] for path in sources()} == set(OTHERS)
    for path in sources():
        assert path.with_suffix(".mo").read_bytes() == compiled(path), "Run: ./dev translations"


@pytest.mark.parametrize("path", sources(), ids=lambda path: path.parts[-3])
def test_every_sentence_is_translated_with_the_same_gaps(path: Path):
    found = catalogue(path)
    missing = [text for text in sentences() if not (found.get(text) and found.get(text).string)]
    assert missing == []
    for message in found:
        if message.id:
            assert sorted(GAP.findall(message.id)) == sorted(GAP.findall(message.string)), (
                message.id
            )
            assert not message.fuzzy


@pytest.mark.parametrize("path", sources(), ids=lambda path: path.parts[-3])
def test_a_catalogue_holds_no_sentence_that_is_gone(path: Path):
    used = (ROOT / "translations" / "messages.pot").read_text(encoding="utf-8").replace('"\n"', "")
    gone = [m.id for m in catalogue(path) if m.id and f'"{m.id}"' not in used]
    assert [text for text in gone if text not in sentences()] == []


@pytest.mark.parametrize("name", available_presets())
def test_the_forms_of_the_presets_are_there_in_every_language(name: str):
    preset = read_preset(name)
    lists = {row["key"]: row["choices"] for row in preset.lists}
    for form in preset.forms:
        texts = {form["name"], form["summary"], *(form[text] for text in LONG_TEXTS)}
        for field in form["fields"]:
            texts |= {field[part] for part in ("label", "help", "section", "section_help")}
            texts |= {c["label"] for c in lists.get(field["list"] or field["key"], ())}
        for language in OTHERS:
            assert texts - {""} - form["translations"][language].keys() == set(), form["slug"]
