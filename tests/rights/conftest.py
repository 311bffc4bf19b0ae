"""The world of the rights table, built once per test process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.rights.world import STATE, World
from tests.support.site import Site


@pytest.fixture(scope="session")
def built_world(site: Site, town_state: object) -> World:
    world = World(site)
    site.make_state(STATE, world.build, base="town")
    return world


@pytest.fixture
def world(database: Site, built_world: World) -> Iterator[World]:
    """The world as it was built. A test changes what it likes."""
    own = database.app.extensions["gensvar"]
    with database.app.app_context():
        built_world.open()
        yield built_world
    database.app.extensions["gensvar"] = own
