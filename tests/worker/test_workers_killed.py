"""Workers as real processes: killed at any moment, several at once, told to stop (F24, F25)."""

from __future__ import annotations

import os
import random
import signal
import time
from email import message_from_bytes, policy
from pathlib import Path

from sqlalchemy import select

from extensions import db
from models import OutboxMessage
from tests.support.mails import queued
from tests.support.programs import BIN, running, wait_until
from tests.support.site import KEY, Site
from tests.support.smtp_faults import FaultySmtp

IN_FULL = os.environ.get("GENSVAR_TEST_FAULTS") == "1"
"""`./dev faults`: as many as the project promises. Otherwise a quick version."""
MAILS, KILLS = (300, 20) if IN_FULL else (60, 3)
LEASE = 4
"""Seconds. A killed worker's mail waits for the end of its lease."""
WORKER = [
    str(BIN / "flask"), "--app", "app", "worker",
    "--try-seconds", "2", "--lease-seconds", str(LEASE),
]  # fmt: skip


def settings(site: Site, server: FaultySmtp) -> dict[str, str]:
    return {
        "GENSVAR_SECRET_KEY": KEY,
        "GENSVAR_DATABASE_URL": site.database.url,
        "GENSVAR_DATA_DIR": str(site.data_dir),
        "GENSVAR_SMTP_URL": server.url,
    }


def queue_many(site: Site, count: int) -> set[str]:
    """Message-IDs of `count` mails that wait."""
    with site.app.app_context():
        return {queued(text=text_of(n)).message_id for n in range(count)}


def text_of(number: int) -> str:
    return f"Svar {number:05} åäö\n.\n"


def answers_in(copies: dict[str, list[bytes]]) -> list[str]:
    """What a reader has: a mail program shows copies with one Message-ID once."""
    parsed = (message_from_bytes(same[0], policy=policy.default) for same in copies.values())
    bodies = (mail.get_body(("plain",)) for mail in parsed)
    return sorted(body.get_content()[:14] for body in bodies if body is not None)


def states(site: Site) -> set[str]:
    with site.app.app_context():
        return set(db.session.scalars(select(OutboxMessage.state)))


def test_killed_workers_lose_no_mail_and_repeat_only_the_very_same_bytes(
    database: Site, tmp_path: Path
) -> None:
    wanted = queue_many(database, MAILS)
    log, moments = tmp_path / "log", random.Random(20261122)
    with FaultySmtp() as server:
        server.seconds_per_mail = 0.02
        given = settings(database, server)
        for attempt in range(1, KILLS + 1):
            with running(WORKER, given, log) as process:
                server.wait_for(attempt * MAILS // (KILLS + 2))
                time.sleep(moments.uniform(0, 0.05))  # anywhere in a mail
                os.killpg(process.pid, signal.SIGKILL)
        with running(WORKER, given, log):
            wait_until(lambda: states(database) == {"sent"}, log)
        copies = server.by_id()
    assert set(copies) == wanted
    assert answers_in(copies) == [text_of(number)[:14] for number in range(MAILS)]
    assert all(len(set(same)) == 1 for same in copies.values())
    assert len(server.kept) <= MAILS + KILLS


def test_a_worker_killed_between_the_mail_and_the_answer_repeats_the_same_bytes(
    database: Site, tmp_path: Path
) -> None:
    """The one window in which SMTP cannot know: the server kept it, and 250 never came."""
    (wanted,) = queue_many(database, 1)
    log = tmp_path / "log"
    with FaultySmtp("hang_dot") as server:
        given = settings(database, server)
        with running(WORKER, given, log) as process:
            server.wait_for(1)
            os.killpg(process.pid, signal.SIGKILL)
        server.mode = "ok"
        with running(WORKER, given, log):
            wait_until(lambda: states(database) == {"sent"}, log)
        first, second = server.by_id()[wanted]
    assert first == second


def test_two_workers_at_once_send_every_mail_once(database: Site, tmp_path: Path) -> None:
    wanted = queue_many(database, MAILS)
    log = tmp_path / "log"
    with FaultySmtp() as server:
        given = settings(database, server)
        with running(WORKER, given, log), running(WORKER, given, log):
            wait_until(lambda: states(database) == {"sent"}, log)
    assert {kept.message_id for kept in server.kept} == wanted
    assert len(server.kept) == MAILS


def test_a_worker_that_slept_past_its_lease_sends_nothing(database: Site, tmp_path: Path) -> None:
    """SIGSTOP just before the text of the mail; another worker takes over; SIGCONT (F25)."""
    (wanted,) = queue_many(database, 1)
    log = tmp_path / "log"
    with FaultySmtp("wait_rcpt") as server:
        given = settings(database, server)
        with running(WORKER, given, log) as sleeper:
            wait_until(lambda: any(c.startswith("rcpt") for c in server.commands), log)
            os.killpg(sleeper.pid, signal.SIGSTOP)
            server.mode = "ok"
            with running(WORKER, given, log):
                wait_until(lambda: states(database) == {"sent"}, log)
            server.go_on.set()
            os.killpg(sleeper.pid, signal.SIGCONT)
            os.killpg(sleeper.pid, signal.SIGTERM)
            assert sleeper.wait(30) == 0
    assert [kept.message_id for kept in server.kept] == [wanted]
    assert states(database) == {"sent"}


def test_a_worker_that_is_asked_to_stop_finishes_its_mail_first(
    database: Site, tmp_path: Path
) -> None:
    queue_many(database, 30)
    log = tmp_path / "log"
    with FaultySmtp() as server:
        server.seconds_per_mail = 0.2
        with running(WORKER, settings(database, server), log) as process:
            server.wait_for(3)  # the third is kept, and not yet answered
            process.send_signal(signal.SIGTERM)
            assert process.wait(30) == 0
    with database.app.app_context():
        rows = list(db.session.scalars(select(OutboxMessage)))
    sent = [row.message_id for row in rows if row.state == "sent"]
    assert sorted(sent) == sorted(kept.message_id for kept in server.kept)
    assert {row.state for row in rows} == {"sent", "queued"}
