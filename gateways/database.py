"""Connections to the database: options, SQLite's pragmas, and who takes the write lock when.

SQLite lets one connection write at a time. A transaction that begins by reading and writes
later can be refused at that moment, without waiting, because somebody else wrote in between.
So a transaction takes the write lock when it begins (BEGIN IMMEDIATE, waits its turn for up to
ten seconds), unless it said that it only reads. The web says so for GET, HEAD and OPTIONS
(`ReadingOnSafeMethods`); worker and command line write. A GET that must write uses `writing()`
before its first look into the database. Reasons and figures: docs/decisions/0002-sqlite.md.
On PostgreSQL none of this has an effect.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from flask import Flask
from sqlalchemy import Connection, event
from sqlalchemy.engine import Engine
from sqlalchemy.pool import ConnectionPoolEntry

from config import Settings

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

BUSY_SECONDS = 10
_SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
_begin: ContextVar[str] = ContextVar("begin", default="BEGIN IMMEDIATE")


def prepare_database(app: Flask, settings: Settings) -> None:
    """Tell Flask-SQLAlchemy where the database is, before db.init_app(app)."""
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.database_url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(settings.database_url)
    app.wsgi_app = ReadingOnSafeMethods(app.wsgi_app)  # type: ignore[method-assign]


def engine_options(url: str) -> dict[str, Any]:
    """The options of create_engine() for the database at `url` (SQLALCHEMY_ENGINE_OPTIONS)."""
    if url.startswith("sqlite"):
        return {"connect_args": {"timeout": BUSY_SECONDS}}
    return {
        "pool_pre_ping": True,
        "connect_args": {"options": "-c timezone=UTC", "application_name": "gensvar"},
    }


@contextmanager
def reading() -> Iterator[None]:
    """Transactions that begin inside take no write lock. What they write may be refused."""
    yield from _beginning_with("BEGIN DEFERRED")


@contextmanager
def writing() -> Iterator[None]:
    """Transactions that begin inside take the write lock at once (the default outside the web)."""
    yield from _beginning_with("BEGIN IMMEDIATE")


def _beginning_with(statement: str) -> Iterator[None]:
    token = _begin.set(statement)
    try:
        yield
    finally:
        _begin.reset(token)


class ReadingOnSafeMethods:
    """WSGI: a request whose method changes nothing only reads."""

    def __init__(self, wsgi_app: WSGIApplication) -> None:
        self.wsgi_app = wsgi_app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] in _SAFE_METHODS:
            with reading():
                return self.wsgi_app(environ, start_response)
        return self.wsgi_app(environ, start_response)


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _entry: ConnectionPoolEntry) -> None:
    """Foreign keys, waiting, and durability: what was acknowledged survives a power cut (D13)."""
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None  # the driver begins nothing by itself: _begin_sqlite does
    connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_begin.get())
