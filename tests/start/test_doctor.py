"""`doctor`: says what is missing and what to do, and nothing when all is well."""

from __future__ import annotations

from dataclasses import replace

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import text

from extensions import db
from tests.support.client import settle


def doctor(app: Flask) -> Result:
    settle()
    return app.test_cli_runner().invoke(args=["doctor"])


def test_a_healthy_installation_is_told_so(app: Flask):
    result = doctor(app)
    assert (result.exit_code, result.output) == (0, "Allt i ordning.\n")


def test_old_tables_are_told_with_the_command_that_mends_them(app: Flask):
    db.session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    result = doctor(app)
    assert result.exit_code == 1
    assert "0001" in result.output
    assert "./gensvar db upgrade" in result.output


def test_an_empty_database_is_told(app: Flask):
    db.session.execute(text("DROP TABLE alembic_version"))
    assert "ingen" in doctor(app).output


def test_a_missing_data_folder_is_told_by_its_name(app: Flask, monkeypatch: pytest.MonkeyPatch):
    missing = app.extensions["gensvar"].data_dir / "finns-inte"
    changed = replace(app.extensions["gensvar"], data_dir=missing)
    monkeypatch.setitem(app.extensions, "gensvar", changed)
    result = doctor(app)
    assert result.exit_code == 1
    assert str(missing) in result.output


def test_production_without_a_mail_server_is_told(app: Flask, monkeypatch: pytest.MonkeyPatch):
    changed = replace(app.extensions["gensvar"], env="production")
    monkeypatch.setitem(app.extensions, "gensvar", changed)
    assert "GENSVAR_SMTP_URL" in doctor(app).output
