"""kill -9 of the web server at any moment: what was acknowledged is kept, nothing is doubled."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from pathlib import Path

from sqlalchemy import func, select

from extensions import db
from models import Case, OutboxMessage, Submission
from services.once import key_hash
from tests.support.citizens import Citizen
from tests.support.programs import GUNICORN, answers, free_port, running, wait_until
from tests.support.site import KEY, Site

CITIZENS = 48
KILLS = 4
SENDERS = 4


def settings(site: Site, port: int) -> dict[str, str]:
    return {
        "GENSVAR_SECRET_KEY": KEY,
        "GENSVAR_DATABASE_URL": site.database.url,
        "GENSVAR_DATA_DIR": str(site.data_dir),
        "GENSVAR_PORT": str(port),
        "GENSVAR_PROXY_HOPS": "1",
        "WEB_CONCURRENCY": "2",
    }


def send_all(
    citizens: list[Citizen], url: str, given_up: threading.Event
) -> list[threading.Thread]:
    """Several at a time, in threads that take turns over the citizens."""

    def work(part: list[Citizen]) -> None:
        for citizen in part:
            citizen.send_until_received(url, given_up)

    threads = [threading.Thread(target=work, args=(citizens[n::SENDERS],)) for n in range(SENDERS)]
    for thread in threads:
        thread.start()
    return threads


def test_a_killed_web_server_loses_and_doubles_nothing(
    database: Site, town: object, tmp_path: Path
):
    port, log = free_port(), tmp_path / "log"
    url, given = f"http://127.0.0.1:{port}", settings(database, port)
    citizens = [Citizen(number, KEY) for number in range(CITIZENS)]
    moments = random.Random(20261122)  # the moments are reproducible, where they fall is not
    given_up = threading.Event()
    threads: list[threading.Thread] = []
    waiting_when_killed = []
    try:
        for attempt in range(KILLS + 1):
            with running(GUNICORN, given, log) as web:
                wait_until(lambda: answers(url), log)
                if not threads:
                    for citizen in citizens:
                        citizen.open_form(url)
                    threads = send_all(citizens, url, given_up)
                if attempt < KILLS:
                    time.sleep(moments.uniform(0.2, 0.9))
                    os.killpg(web.pid, signal.SIGKILL)
                    waiting_when_killed.append(sum(not c.receipt for c in citizens))
                else:
                    wait_until(lambda: all(c.receipt for c in citizens), log)
    finally:
        given_up.set()
        for thread in threads:
            thread.join()
    assert waiting_when_killed[0] > 0, "Everybody was done before the first kill."
    assert_every_one_kept_once(database, citizens)


def assert_every_one_kept_once(site: Site, citizens: list[Citizen]) -> None:
    with site.app.app_context():
        assert db.session.scalar(select(func.count(Case.id))) == len(citizens)
        assert db.session.scalar(select(func.count(Submission.key_hash))) == len(citizens)
        for citizen in citizens:
            submission = db.session.get(Submission, key_hash(citizen.key))
            assert submission is not None, citizen.number
            case = db.session.get(Case, submission.case_id)
            assert case is not None
            assert case.text == citizen.text
            assert str(case.id) in citizen.receipt
            receipts = select(func.count(OutboxMessage.id)).where(
                OutboxMessage.case_id == case.id,
                OutboxMessage.recipient_email == citizen.data["f_submitter_email"],
            )
            assert db.session.scalar(receipts) == 1
