"""The whole history, up and down, on the database of this run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from alembic import command
from sqlalchemy import CheckConstraint, Connection, Engine, create_engine, inspect, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.schema import CreateIndex

from models import Base
from tests.support.databases import alembic_config, migrate

if TYPE_CHECKING:
    from tests.support.site import Site


@pytest.fixture
def engine(database: Site):
    engine = create_engine(database.database.url)
    yield engine
    engine.dispose()


def tables(engine: Engine) -> set[str]:
    names = inspect(engine).get_table_names()
    return {n for n in names if n != "alembic_version" and not n.startswith("search_")}


def test_every_step_goes_down_and_up_again(database: Site, engine: Engine):
    assert tables(engine) == set(Base.metadata.tables)
    migrate(database.database.url, "base")
    assert tables(engine) == set()
    migrate(database.database.url, "head")
    assert tables(engine) == set(Base.metadata.tables)


def test_the_tables_are_those_of_the_models(engine: Engine):
    config = alembic_config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.check(config)


def test_every_check_of_the_models_is_in_the_database(engine: Engine):
    inspector = inspect(engine)
    for name, table in Base.metadata.tables.items():
        wanted = {c.name for c in table.constraints if isinstance(c, CheckConstraint)}
        assert {c["name"] for c in inspector.get_check_constraints(name)} == wanted, name


def test_every_index_runs_in_the_direction_of_the_models(engine: Engine):
    if engine.dialect.name != "sqlite":
        return  # Alembic compares it there
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'index'"))
        found = {name: sql for name, sql in rows if sql}
    for table in Base.metadata.tables.values():
        for index in table.indexes:
            wanted = str(CreateIndex(index).compile(engine)).strip()
            assert found[index.name] == wanted


def test_the_counter_of_the_configuration_starts_at_one(engine: Engine):
    with engine.connect() as connection:
        assert connection.execute(text("SELECT id, number FROM config_version")).all() == [(1, 1)]


@pytest.mark.parametrize("deed", ["UPDATE {table} SET {column} = 'x'", "DELETE FROM {table}"])
@pytest.mark.parametrize(
    "table, column",
    [("case_originals", "text"), ("audit_entries", "action"), ("access_entries", "what")],
)
def test_what_was_recorded_never_changes(engine: Engine, deed: str, table: str, column: str):
    with engine.connect() as connection:
        insert_one(connection, table)
        with pytest.raises(DBAPIError, match="append-only"):
            connection.execute(text(deed.format(table=table, column=column)))


def insert_one(connection: Connection, table: str) -> None:
    """A row without the rows it points to: what is tested here is the trigger."""
    on_sqlite = connection.dialect.name == "sqlite"
    off, on = (
        ("PRAGMA defer_foreign_keys = ON", "SELECT 1")
        if on_sqlite
        else ("SET session_replication_role = replica", "SET session_replication_role = origin")
    )
    columns = {
        "case_originals": "(case_id, title, text, created_at) "
        "VALUES (1, 't', 'x', CURRENT_TIMESTAMP)",
        "audit_entries": "(id, at, actor_name, subject, action, field, chain) "
        "VALUES (1, CURRENT_TIMESTAMP, 'a', '', 'a.b', '', '')",
        "access_entries": "(id, at, actor_name, what, detail, chain) "
        "VALUES (1, CURRENT_TIMESTAMP, 'a', 'case', '', '')",
    }
    connection.execute(text(off))
    connection.execute(text(f"INSERT INTO {table} {columns[table]}"))
    connection.execute(text(on))
