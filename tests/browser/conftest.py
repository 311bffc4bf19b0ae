"""Fixtures of the walks: the worker, at the moment the walk wants it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextvars import Context

import pytest
from flask import Flask
from playwright.sync_api import Page

from cli.worker import Worker
from config import Settings
from extensions import db
from tests.support.site import Site
from tests.support.smtp import Mailbox


@pytest.fixture(params=["page", "phone"], ids=["1280px", "375px"])
def screen(request: pytest.FixtureRequest) -> Page:
    """The walks are walked twice: at a desk and on a phone."""
    page: Page = request.getfixturevalue(request.param)
    return page


@pytest.fixture
def deliver(server: Site, smtp: Mailbox) -> Callable[[], None]:
    """Send all that is due, as the worker does, over the real mail server."""
    return lambda: Context().run(_deliver, server.app)


def _deliver(app: Flask) -> None:
    with app.app_context():
        settings: Settings = app.extensions["gensvar"]
        worker = Worker(settings)
        while worker.deliver_next():
            pass
        db.session.remove()


@pytest.fixture
def app(server: Site) -> Iterator[Flask]:
    """The served application, with a context for the test's own rows."""
    with server.app.app_context():
        yield server.app
        db.session.rollback()
