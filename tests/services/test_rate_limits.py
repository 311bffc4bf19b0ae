"""Rate limits shared by all processes, without anybody's address (T37, T58, G32)."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from extensions import db
from models import RateWindow, utcnow
from services.rate_limits import allowed, network_of, purge_windows
from services.unit_of_work import unit_of_work

ADDRESS = "127.0.0.77"

pytestmark = [pytest.mark.usefixtures("app"), pytest.mark.both]


def test_so_many_are_allowed_and_the_next_is_not():
    answers = [allowed("login", "anna", 3, 60) for _ in range(5)]

    assert answers == [True, True, True, False, False]


def test_one_subject_and_one_name_leave_others_alone():
    while allowed("login", "anna", 3, 60):
        pass

    assert allowed("login", "berit", 3, 60)
    assert allowed("codes", "anna", 3, 60)


def test_the_count_begins_anew_when_the_window_ends():
    start = utcnow().replace(hour=12)
    with time_machine.travel(start, tick=False) as clock:
        while allowed("login", "anna", 3, 60):
            pass
        clock.move_to(start + timedelta(seconds=59))
        assert not allowed("login", "anna", 3, 60)
        clock.move_to(start + timedelta(seconds=60))
        assert allowed("login", "anna", 3, 60)


def test_no_address_is_stored_and_tomorrow_its_hash_is_another():
    today = utcnow().replace(hour=12)
    for day in (today, today + timedelta(days=1)):
        with time_machine.travel(day, tick=False):
            allowed("forms", ADDRESS, 5, 3600)

    keys = db.session.scalars(db.select(RateWindow.key)).all()

    assert len(set(keys)) == 2
    assert ADDRESS not in repr(keys)


def test_windows_that_ended_are_purged():
    start = utcnow()
    with time_machine.travel(start, tick=False) as clock:
        allowed("short", "anna", 3, 60)
        allowed("long", "anna", 3, 3600)
        clock.move_to(start + timedelta(seconds=90))
        purge_windows()

    assert db.session.query(RateWindow).count() == 1


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("unix:", "unknown"),
        (None, "unknown"),
    ],
)
def test_one_customer_is_one_sender(address: str | None, network: str):
    assert network_of(address) == network


def test_requests_at_the_same_moment_are_all_counted(app: Flask):
    db.session.rollback()
    start = threading.Barrier(8)
    answers: list[bool] = []

    def work() -> None:
        start.wait()
        with app.app_context():
            for _ in range(5):
                with unit_of_work():
                    answers.append(allowed("forms", ADDRESS, 25, 3600))

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (answers.count(True), answers.count(False)) == (25, 15)
