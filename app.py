"""Builds the application: settings → extensions → both faces → commands → errors. No logic here."""

from __future__ import annotations

from flask import Flask

import admin_views
import cli
import public_views
from config import Settings, load_settings
from gateways.database import prepare_database
from web import errors, flask_config, headers, health, rendering


def create_app(settings: Settings | None = None) -> Flask:
    """Make the application. Without `settings` they are read from the environment.

    Raises SettingsError with a Swedish sentence when a setting cannot be used.
    """
    settings = settings or load_settings()
    app = Flask(__name__)
    flask_config.apply(app, settings)
    prepare_database(app, settings)
    flask_config.bind_extensions(app)
    headers.register(app)
    rendering.register(app)
    health.register(app)
    public_views.register(app)
    admin_views.register(app)
    errors.register(app)
    cli.register(app)
    return app
