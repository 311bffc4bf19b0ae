"""The work lock: one holder, per tab, freed by Stäng, by time, and overtaken only by its owner."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from domain.errors import CaseLocked, NotAllowed
from domain.locks import Hold
from extensions import db
from models import Case, WorkLock, utcnow
from services.accounts import sign_out
from services.work_locks import keep, look, overtake, purge_locks, release, require, take
from tests.support.cases import HJO, actor, choice, log_of, new_case, person, unit_id

pytestmark = [pytest.mark.usefixtures("app", "town"), pytest.mark.row("S25"), pytest.mark.both]
HANDLER, MANAGER, REGISTRAR = "handlaggare.hjo", "chef.hjo", "registrator.hjo"
TAB, OTHER_TAB = "flik-ett-0123456789", "flik-två-0123456789"


def a_case() -> Case:
    return new_case(
        unit=unit_id("Fritid"),
        responsible=person(HANDLER).id,
        workflow=choice(HJO, "workflow", "Synpunkten"),
    )


def test_who_comes_first_has_the_lock_and_the_others_see_who_it_is():
    case = a_case()
    assert look(case.id, actor(MANAGER), OTHER_TAB).hold is Hold.FREE
    assert take(case, actor(HANDLER), TAB).hold is Hold.HERE

    found = take(case, actor(MANAGER), OTHER_TAB)

    assert (found.hold, found.holder) == (Hold.OTHERS, person(HANDLER).name)
    assert found.may_write is False
    assert look(case.id, actor(HANDLER), TAB).hold is Hold.HERE


def test_the_same_person_in_another_tab_is_told_apart():
    case = a_case()
    take(case, actor(HANDLER), TAB)
    assert take(case, actor(HANDLER), OTHER_TAB).hold is Hold.ELSEWHERE
    assert take(case, actor(HANDLER), TAB).hold is Hold.HERE


@pytest.mark.row("S26")
def test_overtaking_moves_the_own_lock_and_the_old_tab_can_save_no_more():
    case = a_case()
    take(case, actor(HANDLER), TAB)
    overtake(case, actor(HANDLER), OTHER_TAB)
    require(case, actor(HANDLER), OTHER_TAB)
    with pytest.raises(CaseLocked, match="annan webbläsare eller flik"):
        require(case, actor(HANDLER), TAB)
    assert keep(case.id, actor(HANDLER), TAB) is False
    assert log_of(case, "lock.overtaken")


@pytest.mark.row("S26")
def test_nobody_overtakes_somebody_elses_lock():
    case = a_case()
    take(case, actor(HANDLER), TAB)
    with pytest.raises(NotAllowed):
        overtake(case, actor(MANAGER), OTHER_TAB)
    with pytest.raises(CaseLocked, match=person(HANDLER).name):
        require(case, actor(MANAGER), OTHER_TAB)


def test_stang_frees_it_and_only_the_own_one():
    case = a_case()
    take(case, actor(HANDLER), TAB)
    release(case.id, actor(MANAGER), TAB)
    release(case.id, actor(HANDLER), OTHER_TAB)
    assert look(case.id, actor(HANDLER), TAB).hold is Hold.HERE
    release(case.id, actor(HANDLER), TAB)
    assert look(case.id, actor(MANAGER), OTHER_TAB).hold is Hold.FREE


def test_logging_out_frees_all_that_one_holds():
    one, other = a_case(), a_case()
    take(one, actor(HANDLER), TAB)
    take(other, actor(MANAGER), TAB)
    sign_out(person(HANDLER), "no such session")
    assert look(one.id, actor(MANAGER), OTHER_TAB).hold is Hold.FREE
    assert look(other.id, actor(MANAGER), TAB).hold is Hold.HERE


def test_it_ends_fifteen_minutes_after_the_last_sign_of_life():
    case = a_case()
    with time_machine.travel(utcnow(), tick=False) as clock:
        take(case, actor(HANDLER), TAB)
        clock.shift(timedelta(minutes=14))
        assert keep(case.id, actor(HANDLER), TAB)
        clock.shift(timedelta(minutes=14))
        assert take(case, actor(MANAGER), OTHER_TAB).hold is Hold.OTHERS
        clock.shift(timedelta(minutes=1, seconds=1))
        assert take(case, actor(MANAGER), OTHER_TAB).hold is Hold.HERE
        assert keep(case.id, actor(HANDLER), TAB) is False


def test_a_lock_lasts_through_the_hour_that_comes_twice():
    case = a_case()
    with time_machine.travel("2026-10-25T00:50:00+00:00", tick=False) as clock:
        take(case, actor(HANDLER), TAB)
        clock.shift(timedelta(minutes=14))  # 02:04, for the second time
        assert look(case.id, actor(MANAGER), OTHER_TAB).hold is Hold.OTHERS
        clock.shift(timedelta(minutes=2))
        assert look(case.id, actor(MANAGER), OTHER_TAB).hold is Hold.FREE


def test_who_may_only_read_takes_no_lock():
    case = a_case()
    with pytest.raises(NotAllowed):
        take(case, actor("lasare.omsorg"), TAB)


def test_a_closed_case_is_not_locked():
    case = a_case()
    case.closed_at, case.closed_by_id = utcnow(), person(HANDLER).id
    db.session.flush()
    with pytest.raises(NotAllowed):
        take(case, actor(HANDLER), TAB)
    require(case, actor(HANDLER), TAB)
    assert db.session.scalar(select(func.count()).select_from(WorkLock)) == 0


def test_of_fifty_who_open_at_once_one_wins(app: Flask):
    case_id, people = a_case().id, (HANDLER, MANAGER)
    db.session.commit()
    barrier = Barrier(50)

    def open_it(number: int) -> Hold:
        with app.app_context():
            who = actor(people[number % 2])
            found = db.session.get_one(Case, case_id)
            db.session.commit()
            barrier.wait()
            for _ in range(200):
                try:
                    hold = take(found, who, f"flik-{number:016}").hold
                    db.session.commit()
                    return hold
                except Exception:  # noqa: BLE001 - SQLite says "locked": the request would wait
                    db.session.rollback()
            raise AssertionError("never answered")

    with ThreadPoolExecutor(50) as pool:
        holds = list(pool.map(open_it, range(50)))

    assert holds.count(Hold.HERE) == 1
    assert db.session.scalar(select(func.count()).select_from(WorkLock)) == 1


def test_old_locks_are_swept_away():
    case = a_case()
    take(case, actor(HANDLER), TAB)
    purge_locks(utcnow())
    assert look(case.id, actor(HANDLER), TAB).hold is Hold.HERE
    purge_locks(utcnow() + timedelta(days=2))
    assert db.session.scalar(select(func.count()).select_from(WorkLock)) == 0
