"""The commands `preset list`, `preset check` and `preset load`, as a person types them."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select

from extensions import db
from models import CaseType


def run(app: Flask, *words: str) -> Result:
    result: Result = app.test_cli_runner().invoke(args=list(words))
    return result


def test_list_names_what_is_shipped(app: Flask):
    assert run(app, "preset", "list").output.split() == ["hjo", "sodertalje"]


def test_check_says_that_all_is_well(app: Flask):
    result = run(app, "preset", "check")
    assert (result.exit_code, result.output) == (0, "hjo: inga fel.\nsodertalje: inga fel.\n")


def test_check_names_every_fault_and_ends_with_1(app: Flask, tmp_path: Path):
    (tmp_path / "tabs.toml").write_text("tabs = 3\n", encoding="utf-8")
    result = run(app, "preset", "check", str(tmp_path))
    assert result.exit_code == 1
    assert f"{tmp_path}/tabs.toml, tabs: Värdet ska vara en lista inom [ ]." in result.output
    assert f"{tmp_path}/choices.toml: Filen saknas." in result.output


def test_load_loads_and_says_what_and_who_is_needed(app: Flask):
    result = run(app, "preset", "load", "sodertalje")
    assert result.exit_code == 0
    assert "Synpunkter och klagomål är laddad: 4 flikar" in result.output
    assert "Biträdande utredare: rollen assistant" in result.output
    db.session.rollback()
    assert db.session.scalars(select(CaseType.key)).all() == ["synpunkter-och-klagomal"]


@pytest.mark.parametrize("name", ["lilleby", "/"])
def test_load_of_something_else_is_refused_in_words(app: Flask, name: str):
    result = run(app, "preset", "load", name)
    assert result.exit_code == 1
    assert "Ingenting har ändrats." in result.output
    assert "Traceback" not in result.output
