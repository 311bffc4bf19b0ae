"""The fixtures. Pick the smallest that does:

app         the application on an empty, migrated database, with an application context
client      a test client of it (tests/support/client.py): get, post, login
town        the municipality with both presets and the named cast (tests/support/town.py)
smtp        a real mail server; outgoing mail goes there
server      the application on a real port, for browsers
page, phone a browser page of 1280 and of 375 pixels that fails on any complaint of the browser
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.support.databases import on_postgresql, own_database
from tests.support.fast_files import fast_folder
from tests.support.postgresql import NoPostgresql, PrivateServer
from tests.support.share import IS_FULL, draw, is_here
from tests.support.smtp import Mailbox, MailServer
from tests.support.sockets import guard_sockets

if TYPE_CHECKING:  # unit tests start without the application
    from flask import Flask

    from tests.support.client import Client
    from tests.support.site import Site
    from tests.support.town import Town

settings.register_profile("gensvar", deadline=None)  # speed is measured in bench/
settings.load_profile("gensvar")
pytest_plugins = ["tests.support.browser_fixtures"]
_server: list[PrivateServer] = []


def pytest_configure(config: pytest.Config) -> None:
    """Once per run, before the processes of xdist start: they inherit the server's address."""
    guard_sockets()
    is_worker = hasattr(config, "workerinput")
    if on_postgresql() and not is_worker and not os.environ.get("GENSVAR_TEST_DATABASE_URL"):
        try:
            _server.append(PrivateServer())
            _server[0].start()
        except NoPostgresql as reason:
            raise pytest.UsageError(f"The tests on PostgreSQL cannot run: {reason}") from reason
        os.environ["GENSVAR_TEST_DATABASE_URL"] = _server[0].url


def pytest_unconfigure() -> None:
    for server in _server:
        server.stop()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark the browser's tests; on PostgreSQL keep what uses the database and no browser."""
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker("browser")
    drop(config, [item for item in items if is_other_width(item)], items)
    if on_postgresql():
        once = [i for i in items if "database" not in i.fixturenames or "browser" in i.keywords]
        drop(config, once, items)
    drop(config, [item for item in items if not is_here(item.nodeid, marks_of(item))], items)


def drop(config: pytest.Config, some: list[pytest.Item], items: list[pytest.Item]) -> None:
    """Leave `some` of the items out of this run."""
    config.hook.pytest_deselected(items=some)
    left_out = set(some)
    items[:] = [item for item in items if item not in left_out]


def marks_of(item: pytest.Item) -> set[str]:
    """What does not touch the database runs once, on SQLite: for the share it is as for `both`."""
    alone = set() if "database" in item.fixturenames else {"both"}
    return {mark.name for mark in item.iter_markers()} | alone  # type: ignore[attr-defined]


def is_other_width(item: pytest.Item) -> bool:
    """A walk for desk and phone is walked at one of them, by its name; at both with FULL."""
    chosen = getattr(item, "callspec", None) and item.callspec.params.get("screen")  # type: ignore[attr-defined]
    if not chosen or IS_FULL:
        return False
    return chosen != ("page", "phone")[draw(item.originalname, 2)]  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """The application of this test process. Tests use `app` or `server`."""
    from tests.support.site import open_site

    folder = fast_folder("site")
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    site = open_site(own_database(folder, worker), folder)
    yield site
    site.close()
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def town_state(site: Site) -> Town:
    """The state "town", built once per test process."""
    from tests.support.town import Town, build_town

    town = Town()
    site.make_state("town", lambda: build_town(town))
    return town


@pytest.fixture
def database(request: pytest.FixtureRequest, site: Site) -> Site:
    """The database as this test wants it: with the town when the test names it, else empty."""
    wants_town = "town" in request.fixturenames
    if wants_town:
        request.getfixturevalue("town_state")
    site.reset("town" if wants_town else "empty")
    return site


@pytest.fixture
def town(database: Site, town_state: Town) -> Town:
    return town_state


@pytest.fixture
def app(database: Site) -> Iterator[Flask]:
    from extensions import db

    with database.app.app_context():
        yield database.app
        db.session.rollback()


@pytest.fixture
def client(app: Flask) -> Client:
    return app.test_client()  # type: ignore[return-value]


@pytest.fixture
def smtp(database: Site) -> Iterator[Mailbox]:
    from config import load_settings

    own = database.app.extensions["gensvar"]
    with MailServer() as mailbox:
        mail_settings = load_settings({"GENSVAR_ENV": "test", "GENSVAR_SMTP_URL": mailbox.url}).smtp
        database.app.extensions["gensvar"] = replace(own, smtp=mail_settings)
        yield mailbox
    database.app.extensions["gensvar"] = own


@pytest.fixture
def server(database: Site) -> Site:
    """The site with its address answering. Its database belongs to this test alone."""
    database.serve()
    return database
