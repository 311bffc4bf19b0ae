"""The public pages of published cases reach their own table, and nothing else of a case."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from sqlalchemy import event

from extensions import db
from tests.support.published import publish

pytestmark = pytest.mark.both

ROOT = Path(__file__).parents[2]
MODULES = [*ROOT.glob("public_views/published*.py"), ROOT / "queries/published.py"]
PATHS = (
    "/publicerat",
    "/publicerat?sok=lampan&verksamhet=Gata/park&manad=2026-10",
    "/publicerat/abc123",
    "/publicerat/finns-inte",
    "/publicerat/atom.xml",
    "/publicerat/rss.xml",
    "/publicerat/data.json",
)
SETTINGS = {
    "published_cases", "config_version", "municipality", "choices", "choice_lists", "case_types",
    "closed_days", "event_templates", "fields", "public_forms", "public_form_fields", "tabs",
    "units", "legal_grounds", "phrases", "template_files",
}  # fmt: skip
"""What was published, and what the municipality has set up: nothing of a case."""


def test_the_modules_know_one_table():
    assert len(MODULES) > 2
    for path in MODULES:
        names = [
            alias.name
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.ImportFrom) and node.module == "models"
            for alias in node.names
        ]
        assert set(names) <= {"PublishedCase"}, path.name


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize("path", PATHS)
def test_the_pages_ask_one_table(client, path):
    publish()
    client.get(path)  # the configuration is read once
    asked: list[str] = []

    def note(_connection, _cursor, statement, *_rest):
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        client.get(path)
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    tables = {t for s in asked for t in re.findall(r"(?:FROM|JOIN|INTO|UPDATE) \"?(\w+)", s)}
    assert "published_cases" in tables
    assert tables <= SETTINGS
    assert len(asked) < 12
