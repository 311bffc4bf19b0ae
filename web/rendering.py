"""Names that every template may use: dates, the municipality, static addresses with a version."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, url_for
from flask_babel import gettext

from domain.clock import local_datetime
from domain.errors import DomainError
from extensions import current_settings
from queries.configuration import configuration
from web.language import date_in_words


def register(app: Flask) -> None:
    """Add our filters and globals to the Jinja environment."""
    app.jinja_env.filters.update(datum=date_in_words, kort=short_date, tid=short_time)
    app.jinja_env.globals.update(asset=asset, sentence=sentence)
    app.context_processor(_from_configuration)
    app.jinja_options = {**app.jinja_options, "autoescape": True}


def _from_configuration() -> dict[str, Any]:
    return {"municipality": LazyMunicipality(), "settings": current_settings()}


class LazyMunicipality:
    """The municipality's row, read only by pages that show something of it."""

    def __getattr__(self, name: str) -> str:
        return configuration().municipality.get(name, "")


def short_date(value: date | datetime | None) -> str:
    """2026-11-22, in local time."""
    if value is None:
        return ""
    day = local_datetime(value).date() if isinstance(value, datetime) else value
    return day.isoformat()


def short_time(value: datetime | None) -> str:
    """2026-11-22 14:24, in local time."""
    return f"{local_datetime(value):%Y-%m-%d %H:%M}" if value else ""


def sentence(error: DomainError) -> str:
    """The translated sentence of a domain error."""
    return gettext(error.sentence, **error.values)


def asset(filename: str) -> str:
    """The address of a static file with its content's hash, so that it may be cached for a year."""
    return url_for("static", filename=filename, v=_content_hash(filename))


@lru_cache(maxsize=512)
def _content_hash(filename: str) -> str:
    path = Path(__file__).parent.parent / "static" / filename
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10] if path.is_file() else "0"
