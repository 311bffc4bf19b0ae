"""One database per test process, put back to a named state before every test.

A state is a template: a file that is copied on SQLite, a database that is cloned on PostgreSQL.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit, urlunsplit

import psycopg
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from gateways.database import engine_options

ROOT = Path(__file__).parents[2]


class Database(Protocol):
    """All connections must be closed before restore() and snapshot()."""

    url: str

    def create_empty(self) -> None:
        """Make the database anew, without any table."""

    def snapshot(self, name: str) -> None:
        """Keep the present state under `name`."""

    def restore(self, name: str) -> None:
        """Go back to the state `name`."""

    def remove(self) -> None:
        """Leave nothing behind."""


class SqliteDatabase:
    """A file in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = folder / "gensvar.db"
        self.url = f"sqlite:///{self._file}"

    def create_empty(self) -> None:
        for path in self._folder.glob(self._file.name + "*"):
            path.unlink()

    def snapshot(self, name: str) -> None:
        shutil.copyfile(self._file, self._folder / f"{name}.template")

    def restore(self, name: str) -> None:
        self.create_empty()
        shutil.copyfile(self._folder / f"{name}.template", self._file)

    def remove(self) -> None:
        """pytest throws its temporary folders away by itself."""


class PostgresqlDatabase:
    """A database named `name` on the server at `server_url`, with its templates beside it."""

    def __init__(self, server_url: str, name: str) -> None:
        self._server = server_url
        self._name = name
        self._templates: set[str] = set()
        parts = urlsplit(server_url)
        self.url = urlunsplit(parts._replace(scheme="postgresql+psycopg", path=f"/{name}"))

    def create_empty(self) -> None:
        self._do(f"DROP DATABASE IF EXISTS {self._name} WITH (FORCE)")
        self._do(f"CREATE DATABASE {self._name} TEMPLATE template0 ENCODING 'UTF8'")

    def snapshot(self, name: str) -> None:
        self._templates.add(name)
        self._do(f"DROP DATABASE IF EXISTS {self._name}_{name} WITH (FORCE)")
        self._do(f"CREATE DATABASE {self._name}_{name} TEMPLATE {self._name}")

    def restore(self, name: str) -> None:
        self._do(f"DROP DATABASE IF EXISTS {self._name} WITH (FORCE)")
        self._do(f"CREATE DATABASE {self._name} TEMPLATE {self._name}_{name}")

    def remove(self) -> None:
        for name in [self._name, *(f"{self._name}_{t}" for t in self._templates)]:
            self._do(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def _do(self, statement: str) -> None:
        with psycopg.connect(self._server, autocommit=True) as connection:
            connection.execute(statement)


def own_database(folder: Path, worker: str) -> Database:
    """The database of this test process, as GENSVAR_TEST_DATABASE wants it."""
    if on_postgresql():
        server = os.environ["GENSVAR_TEST_DATABASE_URL"]
        return PostgresqlDatabase(server, f"gensvar_test_{os.getpid()}_{worker}")
    return SqliteDatabase(folder)


def on_postgresql() -> bool:
    """True when this run of the tests is the one on PostgreSQL."""
    return os.environ.get("GENSVAR_TEST_DATABASE") == "postgresql"


def alembic_config() -> Config:
    """Alembic without its ini file and without the application."""
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.set_main_option("path_separator", "os")
    return config


def migrate(url: str, revision: str = "head") -> None:
    """Bring the database at `url` to `revision`, up or down."""
    engine = create_engine(url, poolclass=NullPool, **engine_options(url))
    config = alembic_config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        if revision == "base":
            command.downgrade(config, revision)
        else:
            command.upgrade(config, revision)
