"""The application under test: one per test process, with its own database, folder and address."""

from __future__ import annotations

import shutil
import socket
import threading
from collections.abc import Callable
from contextvars import Context
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from app import create_app
from config import load_settings
from extensions import db
from queries.configuration import forget_configuration
from services.documents import rendering
from tests.support.client import Client
from tests.support.databases import Database, migrate

KEY = "a-key-for-the-tests-only-0123456789abcdef"


class _Silent(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"  # a connection is kept: the browser fetches twenty files a page

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002
        """Access lines would bury what pytest has to say."""


serving: list[Site] = []
"""The site of this test process, once it answers over HTTP."""


@dataclass
class Site:
    """`reset(state)` before a test; `url` answers once `serve()` was called."""

    app: Flask
    database: Database
    data_dir: Path
    url: str
    _socket: socket.socket
    _server: BaseWSGIServer | None = None

    def reset(self, state: str) -> None:
        """Put database and files back. Nothing of an earlier test is left."""
        self._close_connections()
        self.database.restore(state)
        forget_configuration()
        shutil.rmtree(self.data_dir, ignore_errors=True)
        self.data_dir.mkdir()

    def make_state(self, name: str, build: Callable[[], None], base: str = "empty") -> None:
        """Keep what `build` makes on top of `base` as the state `name`."""
        self.reset(base)
        Context().run(self._build, build)
        self._close_connections()
        self.database.snapshot(name)

    def serve(self) -> str:
        """Answer real HTTP requests in threads of this process, until the tests end."""
        if self._server is None:
            self._server = make_server(
                "127.0.0.1", 0, self.app, threaded=True, request_handler=_Silent,
                fd=self._socket.fileno(),
            )  # fmt: skip
            threading.Thread(target=self._server.serve_forever, daemon=True).start()
            serving.append(self)
        return self.url

    def close(self) -> None:
        if self._server is not None:
            self._server.shutdown()
        self._socket.close()
        self._close_connections()
        self.database.remove()

    def _build(self, build: Callable[[], None]) -> None:
        with self.app.app_context():
            build()
            db.session.commit()

    def _close_connections(self) -> None:
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()


def open_site(database: Database, folder: Path) -> Site:
    """Make the database with its tables (state "empty") and the application on it."""
    database.create_empty()
    migrate(database.url)
    database.snapshot("empty")
    listening = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    data_dir = folder / "data"
    data_dir.mkdir()
    settings = load_settings(
        {
            "GENSVAR_ENV": "test",
            "GENSVAR_SECRET_KEY": KEY,
            "GENSVAR_DATABASE_URL": database.url,
            "GENSVAR_DATA_DIR": str(data_dir),
            "GENSVAR_BASE_URL": url,
            "GENSVAR_LOG_LEVEL": "WARNING",
        }
    )
    # The tests' machine is busy: what happens after a second has tests of its own.
    rendering.PATIENCE_SECONDS = 30.0
    app = create_app(settings)
    app.test_client_class = Client
    return Site(app, database, data_dir, url, listening)
