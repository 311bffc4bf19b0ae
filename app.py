"""Builds the application: settings → extensions → both faces → commands → errors. No logic here."""

from __future__ import annotations

from flask import Flask

import admin_views
import cli
import public_views
from config import Settings, settings_or_exit
from gateways.database import prepare_database
from web import errors, flask_config, headers, health, language, rendering, uploads


def create_app(settings: Settings | None = None) -> Flask:
    """Make the application. Without `settings` they are read from the environment.

    A setting that cannot be used ends the process with a Swedish sentence and code 2.
    """
    settings = settings or settings_or_exit()
    app = Flask(__name__)
    flask_config.apply(app, settings)
    prepare_database(app, settings)
    uploads.register(app)
    flask_config.bind_extensions(app)
    headers.register(app)
    rendering.register(app)
    language.register(app)
    health.register(app)
    public_views.register(app)
    admin_views.register(app)
    errors.register(app)
    cli.register(app)
    return app
