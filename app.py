"""Builds the application. A table of contents: settings, extensions, blueprints, admin, commands, errors."""

from __future__ import annotations

from flask import Flask

from config import Settings, load_settings


def create_app(settings: Settings | None = None) -> Flask:
    """Make the application. Without `settings` they are read from the environment."""
    from web import assemble

    return assemble(settings or load_settings())
