"""How long the reports take: ./dev bench statistics. Made-up cases, on SQLite and PostgreSQL.

It says what is so on this machine now; no test depends on it. `python -m bench.statistics 20000`
makes fewer cases on both. The goals: Översikt of everything 1 s, any report of one year 2 s.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import select, text

from app import create_app
from config import load_settings
from domain.clock import local_today
from domain.layout import CaseTypeLayout
from domain.permissions import Actor
from domain.statistics.period import Period
from domain.statistics.question import Question
from extensions import db
from models import User
from queries.configuration import configuration
from queries.statistics.catalogue import REPORTS
from services.actors import actor_of
from services.demo import load_town
from tests.support.postgresql import PrivateServer

COUNTS = {"sqlite": 200_000, "postgresql": 1_000_000}
DAYS = 3650
"""The cases are spread over ten years up to today."""


def main() -> None:
    """Fill, measure and print, first on SQLite, then on PostgreSQL."""
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    with tempfile.TemporaryDirectory() as folder:
        _bench(folder, f"sqlite:///{Path(folder).resolve() / 'bench.db'}", wanted)
        server = PrivateServer()
        server.start()
        try:
            _bench(folder, server.url.replace("postgresql://", "postgresql+psycopg://"), wanted)
        finally:
            server.stop()


def _bench(folder: str, url: str, wanted: int) -> None:
    values = {
        "GENSVAR_ENV": "test",
        "GENSVAR_SECRET_KEY": "only-for-measuring-0123456789abcdef",
        "GENSVAR_DATA_DIR": folder,
        "GENSVAR_DATABASE_URL": url,
    }
    with create_app(load_settings(values)).app_context():
        name = db.engine.dialect.name
        count = wanted or COUNTS[name]
        began = time.perf_counter()
        _fill(count)
        print(f"\n{name}: {count} cases, filled in {time.perf_counter() - began:.0f} s")  # noqa: T201
        _measure()
        db.session.remove()
        db.engine.dispose()


def _fill(count: int) -> None:
    from flask_migrate import upgrade

    upgrade(directory=str(Path(__file__).parent.parent / "migrations"))
    load_town()
    db.session.commit()
    layout = configuration().case_types[0]
    _insert_cases(count, layout)
    _insert_ticks(layout, "types")
    _insert_ticks(layout, "categories")
    db.session.commit()
    db.session.close()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("VACUUM"))  # autovacuum does it where Gensvar runs
        connection.execute(text("ANALYZE"))


def _insert_cases(count: int, layout: CaseTypeLayout) -> None:
    """One statement: the triggers write the facts of each row as they do for every other."""
    units = [unit.id for unit in configuration().units]
    people = list(db.session.scalars(select(User.id)))
    chosen = {
        f"{key}_id": _one_of([c.id for c in layout.fields[key].choices], salt)
        for salt, key in enumerate(
            ("status", "channel", "contact_way", "workflow", "publication"), 3
        )
        if key in layout.fields
    }
    arrived, answered = f"n * {DAYS} / {count}", _chance(11, 30)
    cells = {
        "id": "n", "version": "1", "case_type_id": str(layout.id), "title": "'Titel'",
        "title_key": "'titel'", "text": "'Text'", "received_on": _day(arrived),
        "registered_at": _moment(arrived), "registered_on": _day(arrived),
        "acknowledge_by": _day(f"{arrived} + 2"), "answer_by": _day(f"{arrived} + 14"),
        "acknowledged_on": f"CASE WHEN {_chance(5, 20)} < 17 THEN {_day(f'{arrived} + n % 4')} END",
        "answered_on": f"CASE WHEN {answered} < 27 THEN {_day(f'{arrived} + {answered}')} END",
        "closed_at": f"CASE WHEN {_chance(7, 10)} < 9 THEN {_moment(f'{arrived} + 30')} END",
        "closed_on": f"CASE WHEN {_chance(7, 10)} < 9 THEN {_day(f'{arrived} + 30')} END",
        "closed_by_id": f"CASE WHEN {_chance(7, 10)} < 9 THEN {people[0]} END",
        "unit_id": _one_of(units, 1), "responsible_id": _one_of(people, 2), **chosen,
        "refused_for": f"CASE WHEN {_chance(13, 100)} = 0 THEN 'own' ELSE '' END",
        "is_secret": f"{_chance(17, 50)} = 0", "values": "'{}'",
        "has_new_reply": "false", "has_failed_mail": "false", "event_count": "0",
    }  # fmt: skip
    empty = ("transferred_to", "answer", "answer_words", "internal_note", "internal_comment",
             "delay_reason", "own_type", "received_by", "receiver_workplace")  # fmt: skip
    cells |= dict.fromkeys(empty, "''")
    names = ", ".join(f'"{name}"' for name in cells)
    rows = f"INSERT INTO cases ({names}) SELECT {', '.join(cells.values())} FROM numbers"  # noqa: S608
    step = 50_000
    for first in range(1, count + 1, step):
        last = min(first + step - 1, count)
        numbers = (
            f"WITH RECURSIVE numbers(n) AS (SELECT CAST({first} AS bigint) UNION ALL "  # noqa: S608
            f"SELECT n + 1 FROM numbers WHERE n < {last}) "
        )
        db.session.execute(text(numbers + rows))
        db.session.commit()


def _insert_ticks(layout: CaseTypeLayout, field: str) -> None:
    """One tick for every case, a second one for a third of them."""
    ids = [c.id for c in layout.fields[field].choices]
    for salt, where in ((1, "true"), (2, "n % 3 = 0")):
        db.session.execute(
            text(
                f"INSERT INTO case_choices (case_id, field_key, choice_id) "  # noqa: S608
                f"SELECT n, '{field}', {_one_of(ids, salt)} FROM "
                f"(SELECT CAST(id AS bigint) AS n FROM cases) c WHERE {where} "
                "ON CONFLICT DO NOTHING"
            )
        )
    db.session.commit()


def _chance(salt: int, among: int) -> str:
    """A number from 0 that looks like chance, the same every time."""
    return f"((n * 7919 + n / 97 * {104_729 + salt * 31} + {salt}) % {among})"


def _one_of(ids: list[int], salt: int) -> str:
    pairs = " ".join(f"WHEN {place} THEN {number}" for place, number in enumerate(ids))
    return f"CASE ((n * {7919 + salt * 2} + n / {50 + salt}) % {len(ids)}) {pairs} END"


def _day(offset: str) -> str:
    start = (local_today() - timedelta(days=DAYS)).isoformat()
    if db.engine.dialect.name == "sqlite":
        return f"date('{start}', '+' || ({offset}) || ' days')"
    return f"(date '{start}' + cast({offset} as integer))"


def _moment(offset: str) -> str:
    if db.engine.dialect.name == "sqlite":
        return f"({_day(offset)} || ' 12:00:00.000000')"
    return f"(({_day(offset)} + time '12:00') at time zone 'UTC')"


def _measure() -> None:
    layout = configuration().case_types[0]
    today = local_today()
    everything = Period(date(2000, 1, 1), today)
    year = Period(date(today.year - 1, 1, 1), date(today.year - 1, 12, 31))
    for username in ("registrator.hjo", "chef.hjo"):
        user = db.session.scalars(select(User).filter_by(username=username)).one()
        actor = actor_of(user)
        build = REPORTS["oversikt"].build
        question = Question(layout.id, everything)
        _report(f"{username}: R1 of everything", build, question, actor)
        for kind in REPORTS.values():
            if not kind.field or kind.field in layout.fields:
                name = f"{username}: {kind.number} {kind.key}, one year"
                _report(name, kind.build, Question(layout.id, year), actor)


def _report(
    name: str, build: Callable[[Question, Actor], object], question: Question, actor: Actor
) -> None:
    took = []
    for _ in range(3):
        began = time.perf_counter()
        build(question, actor)
        took.append((time.perf_counter() - began) * 1000)
        db.session.rollback()
    print(f"{name:50} {statistics.median(took):8.0f} ms")  # noqa: T201


if __name__ == "__main__":
    main()
