"""Our settings in Flask's terms, and the extensions bound to the app."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

import extensions as ext
from config import Settings
from domain.file_policy import MEGABYTE, USUAL_REQUEST
from web.language import chosen_language


def apply(app: Flask, settings: Settings) -> None:
    """Set what Flask, Flask-WTF, Flask-Login and Flask-Babel read from app.config."""
    app.extensions["gensvar"] = settings
    app.config.update(
        SECRET_KEY=settings.secret_key,
        TESTING=settings.env == "test",
        DEBUG=settings.debug,
        MAX_CONTENT_LENGTH=USUAL_REQUEST,
        MAX_FORM_MEMORY_SIZE=2 * MEGABYTE,
        MAX_FORM_PARTS=300,
        SEND_FILE_MAX_AGE_DEFAULT=timedelta(days=365),
        SESSION_COOKIE_NAME="__Host-gensvar" if settings.is_https else "gensvar",
        SESSION_COOKIE_SECURE=settings.is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(hours=10),
        WTF_CSRF_TIME_LIMIT=None,  # lives as long as the session: slow writers lose nothing
        WTF_CSRF_SSL_STRICT=False,
        BABEL_DEFAULT_LOCALE="sv",
        BABEL_DEFAULT_TIMEZONE="Europe/Stockholm",
        BABEL_TRANSLATION_DIRECTORIES="translations",
    )
    if settings.proxy_hops:
        hops = settings.proxy_hops
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=hops, x_proto=hops, x_host=0
        )


def bind_extensions(app: Flask) -> None:
    """Bind every extension object to `app`."""
    ext.db.init_app(app)
    ext.csrf.init_app(app)
    ext.babel.init_app(app, locale_selector=chosen_language)
    ext.login_manager.init_app(app)
    ext.mail.init_app(app)
    ext.migrate.init_app(app, ext.db, directory="migrations", render_as_batch=True)
