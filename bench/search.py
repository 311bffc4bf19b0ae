"""How long the case list and its search take: ./dev bench search. Made-up cases in SQLite.

It says what is so on this machine now; no test depends on it. `python -m bench.search 20000`
makes fewer cases.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from sqlalchemy import insert, select, text

from app import create_app
from config import load_settings
from domain.clock import local_today
from domain.permissions import Actor
from extensions import db
from models import Case, Choice, Submitter, User, utcnow
from queries.case_filter import CaseFilter
from queries.case_list import ListQuery, case_page
from queries.configuration import configuration
from services.actors import actor_of
from services.demo import load_town

CASES = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
WORDS = (
    "gatan", "vägen", "cykelvägen", "kommunen", "kommunens", "skolan", "maten", "personalen",
    "lampan", "lövet", "snön", "plogning", "halka", "parken", "lekplatsen", "gungan",
    "biblioteket", "öppettider", "tiderna", "bussen", "hållplatsen", "vatten", "avlopp",
)  # fmt: skip


def main() -> None:
    """Fill, measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        own = f"sqlite:///{Path(folder).resolve() / 'bench.db'}"
        values = {
            "GENSVAR_ENV": "test",
            "GENSVAR_SECRET_KEY": "only-for-measuring-0123456789abcdef",
            "GENSVAR_DATA_DIR": folder,
            "GENSVAR_DATABASE_URL": own,
        }
        with create_app(load_settings(values)).app_context():
            _fill()
            _measure()


def _fill() -> None:
    from flask_migrate import upgrade

    upgrade(directory=str(Path(__file__).parent.parent / "migrations"))
    load_town()
    db.session.commit()
    layout = configuration().case_types[0]
    status = list(db.session.scalars(select(Choice.id).where(Choice.id.in_(
        c.id for c in layout.fields["status"].choices))))  # fmt: skip
    units = [unit.id for unit in configuration().units]
    people = list(db.session.scalars(select(User.id)))
    chance = random.Random(1)  # noqa: S311 - the same cases every time
    today, now = local_today(), utcnow()
    for start in range(0, CASES, 2000):
        rows = []
        for number in range(start + 1, min(start + 2000, CASES) + 1):
            day = today - timedelta(days=(CASES - number) * 3000 // CASES)
            is_open = chance.random() < 0.1
            words = " ".join(chance.choices(WORDS, k=60))
            rare = " kastanjeträd" if number % 20_000 == 0 else ""
            rows.append({
                "id": number, "version": 1, "case_type_id": layout.id, "title": words[:60],
                "title_key": words[:60], "text": words + rare, "received_on": day,
                "registered_at": now, "registered_on": today,
                "acknowledge_by": day, "answer_by": day,
                "unit_id": chance.choice(units), "responsible_id": chance.choice(people),
                "status_id": chance.choice(status), "closed_at": None if is_open else now,
                "closed_on": None if is_open else today,
                "closed_by_id": None if is_open else people[0], "values": {},
            })  # fmt: skip
        db.session.execute(insert(Case), rows)
        db.session.execute(insert(Submitter), [
            {"case_id": r["id"], "name": f"Namn{r['id']} Ek", "email": f"n{r['id']}@example.org"}
            for r in rows
        ])  # fmt: skip
        db.session.commit()
    db.session.execute(text("ANALYZE"))
    db.session.commit()


def _measure() -> None:
    layout = configuration().case_types[0]
    everything = ListQuery(layout.id, show="all")
    asked: dict[str, ListQuery] = {"open": ListQuery(layout.id), "all": everything}
    for sort in ("unit", "responsible", "status", "workflow"):
        asked[f"all, by {sort}"] = ListQuery(layout.id, show="all", sort=sort, descending=False)
    for words in ("kastanjeträd", "cykelvägen", "väg", "cykelvägen plogning", "namn777", "va"):
        wanted = CaseFilter(text=words)
        asked[f"search {words}"] = ListQuery(layout.id, show="all", filter=wanted)
        asked[f"search {words}, open"] = ListQuery(layout.id, filter=wanted)
    for username in ("registrator.hjo", "handlaggare.hjo"):
        user = db.session.scalars(select(User).filter_by(username=username)).one()
        actor = actor_of(user)
        for name, query in asked.items():
            _report(f"{username}: {name}", query, actor)


def _report(name: str, query: ListQuery, actor: Actor) -> None:
    took = []
    for _ in range(5):
        began = time.perf_counter()
        page = case_page(query, actor)
        took.append((time.perf_counter() - began) * 1000)
    print(f"{name:60} {statistics.median(took):8.1f} ms   {page.count} found")  # noqa: T201


if __name__ == "__main__":
    main()
