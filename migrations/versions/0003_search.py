"""The full-text search of cases: kept by the database itself, so that it is never out of date.

SQLite: FTS5 tables over the texts of `cases` and `submitters` (they hold no copy), with triggers.
"words" finds whole words and short ones, "parts" anything inside a word. Both keep å, ä and ö.
A later batch migration that rebuilds one of the two tables must make its triggers again.
PostgreSQL: indexes on expressions. pg_trgm finds what is inside words; without it (an owner who
may not create it) the search finds whole words and their beginnings.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SOURCES = {
    "cases": ("id", ("title", "text", "answer_words")),
    "submitters": ("case_id", ("name", "email")),
}
TOKENIZERS = {
    "words": "tokenize='unicode61 remove_diacritics 0', prefix='1 2'",
    "parts": "tokenize='trigram'",
}


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _sqlite()
    else:
        _postgresql()


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table in SOURCES:
            for deed in ("insert", "update", "delete"):
                op.execute(f"DROP TRIGGER search_{table}_{deed}")
            for kind in TOKENIZERS:
                op.execute(f"DROP TABLE search_{table}_{kind}")
    else:
        for table in SOURCES:
            for kind in TOKENIZERS:
                op.execute(f"DROP INDEX IF EXISTS ix_search_{table}_{kind}")


def _sqlite() -> None:
    for table, (key, columns) in SOURCES.items():
        for kind, tokenizer in TOKENIZERS.items():
            name = f"search_{table}_{kind}"
            op.execute(
                f"CREATE VIRTUAL TABLE {name} USING fts5({', '.join(columns)}, "
                f"content='{table}', content_rowid='{key}', {tokenizer})"
            )
            op.execute(f"INSERT INTO {name}({name}) VALUES ('rebuild')")  # noqa: S608 - our own names
        gone, come = _sqlite_deeds(table, key, columns)
        for deed, when, body in (
            ("insert", "INSERT", come),
            ("delete", "DELETE", gone),
            ("update", f"UPDATE OF {', '.join((key, *columns))}", gone + come),
        ):
            op.execute(
                f"CREATE TRIGGER search_{table}_{deed} AFTER {when} ON {table} BEGIN {body} END"
            )


def _sqlite_deeds(table: str, key: str, columns: tuple[str, ...]) -> tuple[str, str]:
    """What a trigger does when a row goes, and when it comes."""
    names = ", ".join(columns)
    old = ", ".join(f"old.{c}" for c in (key, *columns))
    new = ", ".join(f"new.{c}" for c in (key, *columns))
    gone, come = "", ""
    for kind in TOKENIZERS:
        name = f"search_{table}_{kind}"
        gone += f"INSERT INTO {name}({name}, rowid, {names}) VALUES ('delete', {old}); "  # noqa: S608 - our own names
        come += f"INSERT INTO {name}(rowid, {names}) VALUES ({new}); "  # noqa: S608 - our own names
    return gone, come


def _postgresql() -> None:
    connection = op.get_bind()
    for table, (_key, columns) in SOURCES.items():
        text = _postgresql_text(columns)
        name = f"ix_search_{table}_words"
        op.execute(
            f"CREATE INDEX {name} ON {table} USING gin "
            f"((to_tsvector('swedish', {text}) || to_tsvector('simple', {text})))"
        )
        op.execute(f"ALTER INDEX {name} ALTER COLUMN 1 SET STATISTICS 1000")
    try:
        with connection.begin_nested():
            connection.execute(sa.text("CREATE EXTENSION IF NOT EXISTS pg_trgm"))
    except sa.exc.DBAPIError:
        return  # ./gensvar search rebuild tries again
    for table, (_key, columns) in SOURCES.items():
        text = _postgresql_text(columns)
        op.execute(
            f"CREATE INDEX ix_search_{table}_parts ON {table} USING gin ({text} gin_trgm_ops)"
        )


def _postgresql_text(columns: tuple[str, ...]) -> str:
    """Small letters; translate() sees to those that a database with locale C leaves alone."""
    joined = " || ' ' || ".join(f"coalesce({c}, '')" for c in columns)
    return f"translate(lower({joined}), 'ÅÄÖÉÜ', 'åäöéü')"
