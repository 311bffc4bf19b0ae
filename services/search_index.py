"""Making the search index anew. It keeps itself (migration 0003): this is for after a mishap."""

from __future__ import annotations

from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError

from domain.search_words import words_of_html
from extensions import db
from models import Case
from queries.case_search_postgresql import indexed_text

SOURCES = ("cases", "submitters")
_BATCH = 500


def rebuild() -> bool:
    """Read every case again; whether the search finds what is inside words. Commits nothing."""
    finds_parts = _rebuild_sqlite() if _on_sqlite() else _rebuild_postgresql()
    _read_answers()  # last: the triggers take old words out of an index that must be whole
    return finds_parts


def _on_sqlite() -> bool:
    return db.engine.dialect.name == "sqlite"


def _rebuild_sqlite() -> bool:
    for source in SOURCES:
        for kind in ("words", "parts"):
            name = f"search_{source}_{kind}"
            db.session.execute(text(f"INSERT INTO {name}({name}) VALUES ('rebuild')"))  # noqa: S608 - our own names
    return True


def _rebuild_postgresql() -> bool:
    finds_parts = _made_extension()
    for source in SOURCES:
        db.session.execute(text(f"REINDEX INDEX ix_search_{source}_words"))
        if finds_parts:
            name = f"ix_search_{source}_parts"
            words = str(indexed_text(source)).replace(f"{source}.", "")
            db.session.execute(text(f"DROP INDEX IF EXISTS {name}"))
            db.session.execute(
                text(f"CREATE INDEX {name} ON {source} USING gin ({words} gin_trgm_ops)")
            )
    return finds_parts


def _read_answers() -> None:
    """Take the tags out of every answer again, some cases at a time."""
    last = 0
    while True:
        rows = db.session.execute(
            select(Case.id, Case.answer, Case.answer_words)
            .where(Case.id > last, Case.answer != "")
            .order_by(Case.id)
            .limit(_BATCH)
        ).all()
        if not rows:
            return
        for case_id, answer, old in rows:
            words = words_of_html(answer)
            if words != old:
                db.session.execute(
                    update(Case).where(Case.id == case_id).values(answer_words=words)
                )
        last = rows[-1][0]


def _made_extension() -> bool:
    """Make pg_trgm unless it is there; false when this owner of the database may not."""
    try:
        with db.session.begin_nested():
            db.session.execute(text("CREATE EXTENSION IF NOT EXISTS pg_trgm"))
    except DBAPIError:
        return False
    return True
