"""The application once more, on the same database, with other settings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from app import create_app
from extensions import current_settings, db
from tests.support.client import Client


@contextmanager
def other_app(**settings: Any) -> Iterator[Client]:
    """A client of an application with other `settings`. Its connections are closed afterwards."""
    served = create_app(replace(current_settings(), **settings))
    served.test_client_class = Client
    try:
        yield served.test_client()  # type: ignore[misc]
    finally:
        with served.app_context():
            db.session.remove()
            db.engine.dispose()
