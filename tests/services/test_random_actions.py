"""Random deeds by random people: every change is explained by the change log, every refusal changes
nothing. 10,000 of them with ./dev faults, some hundred otherwise.
"""

from __future__ import annotations

import os
from collections import Counter

import pytest
from sqlalchemy import func, select

from domain.errors import DomainError
from extensions import db
from models import AuditEntry
from services.unit_of_work import unit_of_work
from tests.support.explained import changes, snapshot, unexplained
from tests.support.random_case_deeds import open_one
from tests.support.random_deeds import DEEDS, Deed
from tests.support.walk_of_deeds import NothingToDo, Walk

IN_FULL = os.environ.get("GENSVAR_TEST_FAULTS") == "1"
STEPS = 10_000 if IN_FULL else 300
SEED = int(os.environ.get("GENSVAR_TEST_SEED", "4"))

pytestmark = [pytest.mark.usefixtures("app", "town"), pytest.mark.row("S24"), pytest.mark.both]


def last_line() -> int:
    return db.session.scalar(select(func.max(AuditEntry.id))) or 0


def do(walk: Walk, deed: Deed) -> str:
    """One step: "done", "refused", or "nothing" when there is nothing to do it with."""
    try:
        with unit_of_work():
            deed(walk)
    except DomainError:
        return "refused"
    except NothingToDo:
        return "nothing"
    return "done"


def test_no_random_deed_changes_anything_that_the_log_does_not_say():
    walk, faults = Walk(SEED), []
    outcomes: Counter[tuple[str, str]] = Counter()
    deeds, shares = list(DEEDS), list(DEEDS.values())
    before, seen = snapshot(), last_line()
    for walk.number in range(1, STEPS + 1):
        deed = open_one if walk.number <= 10 else walk.chance.choices(deeds, shares)[0]
        outcome = do(walk, deed)
        after = snapshot()
        lines = db.session.scalars(select(AuditEntry).where(AuditEntry.id > seen)).all()
        if outcome == "done":
            faults += [
                f"{walk.number} {deed.__name__}: {s}" for s in unexplained(before, after, lines)
            ]
        elif lines or before != after:
            left = [str(change) for change in changes(before, after)]
            faults.append(f"{walk.number} {deed.__name__}, {outcome}, left {left} {len(lines)}")
        outcomes[deed.__name__, outcome] += 1
        before, seen = after, max([seen, *(line.id for line in lines)])
        db.session.rollback()
    print(sorted(outcomes.items()))
    assert not faults, f"seed {SEED}\n" + "\n".join(faults[:20])
    done = {name for name, outcome in outcomes if outcome == "done"}
    if IN_FULL:
        assert done == {deed.__name__ for deed in DEEDS}, "Some deed never succeeds."
