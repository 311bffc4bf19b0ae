"""How long a case list takes as a file, and how much memory: ./dev bench exports. SQLite.

It says what is so on this machine now. `python -m bench.exports 20000` makes fewer cases.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from flask import Flask
from sqlalchemy import insert, select

from app import create_app
from config import load_settings
from domain.clock import local_today
from extensions import db
from models import Case, Choice, Submitter, User, utcnow
from queries.case_filter import CaseFilter
from queries.case_list import ListQuery
from queries.configuration import configuration
from services.actors import actor_of
from services.demo import load_town
from services.exports.cases import write_cases

CASES = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000


def main() -> None:
    """Fill a database, then measure in a process of its own: this one has grown by then."""
    if len(sys.argv) > 2:
        with _app(sys.argv[2]).app_context():
            _measure()
        return
    with tempfile.TemporaryDirectory() as folder:
        with _app(folder).app_context():
            _fill()
        command = [sys.executable, "-m", "bench.exports", str(CASES), folder]
        subprocess.run(command, check=True)  # noqa: S603 - ourselves


def _app(folder: str) -> Flask:
    values = {
        "GENSVAR_ENV": "test",
        "GENSVAR_SECRET_KEY": "only-for-measuring-0123456789abcdef",
        "GENSVAR_DATA_DIR": folder,
        "GENSVAR_DATABASE_URL": f"sqlite:///{Path(folder).resolve() / 'bench.db'}",
    }
    return create_app(load_settings(values))


def _measure() -> None:
    layout = configuration().case_types[0]
    user = db.session.scalars(select(User).filter_by(username="registrator.hjo")).one()
    actor = actor_of(user)
    for kind in ("csv", "xlsx"):
        with tempfile.TemporaryFile() as file:
            write_cases(
                file, kind, ListQuery(layout.id, filter=CaseFilter(text="12")), layout, actor
            )
    for kind in ("csv", "xlsx"):
        before, began = _memory("VmRSS"), time.monotonic()
        Path("/proc/self/clear_refs").write_text("5")  # forget the highest mark so far
        with tempfile.TemporaryFile() as file:
            rows = write_cases(file, kind, ListQuery(layout.id, show="all"), layout, actor)
            size = file.seek(0, 2) / 1e6
        took, more = time.monotonic() - began, _memory("VmHWM") - before
        print(f"{kind}: {rows} rows, {took:.1f} s, {size:.1f} MB, +{more:.1f} MB of memory")  # noqa: T201


def _memory(mark: str) -> float:
    """What this process holds (VmRSS), or held at most (VmHWM), in MB. Linux tells."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    line = next(line for line in status.splitlines() if line.startswith(mark))
    return int(line.split()[1]) / 1024


def _fill() -> None:
    from flask_migrate import upgrade

    upgrade(directory=str(Path(__file__).parent.parent / "migrations"))
    load_town()
    db.session.commit()
    layout = configuration().case_types[0]
    status = db.session.scalars(
        select(Choice.id).where(Choice.id.in_(c.id for c in layout.fields["status"].choices))
    ).first()
    units = [unit.id for unit in configuration().units]
    day, now = local_today(), utcnow()
    for start in range(1, CASES + 1, 2000):
        numbers = range(start, min(start + 2000, CASES + 1))
        rows = [
            {
                "id": n, "version": 1, "case_type_id": layout.id, "title": f"Ärende nummer {n}",
                "title_key": str(n), "text": f"Vägen är trasig, tycker jag ({n}). " * 8,
                "received_on": day, "registered_at": now, "registered_on": day,
                "acknowledge_by": day, "answer_by": day, "unit_id": units[n % len(units)],
                "status_id": status, "values": {},
            }
            for n in numbers
        ]  # fmt: skip
        db.session.execute(insert(Case), rows)
        names = [
            {"case_id": n, "name": f"Namn {n} Ek", "email": f"n{n}@a.example"} for n in numbers
        ]
        db.session.execute(insert(Submitter), names)
        db.session.commit()


if __name__ == "__main__":
    main()
