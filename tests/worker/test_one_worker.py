"""The worker against real servers, good and bad: what leaves, and what is written down."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from cli.worker import Worker
from domain.clock import as_of
from extensions import current_settings, db
from models import OutboxMessage, RateWindow, utcnow
from tests.support.mails import fresh, queued, worker_for
from tests.support.smtp import Mailbox
from tests.support.smtp_faults import FaultySmtp

TEMPORARY = ["temp451", "temp452", "refuse_sender", "hang_data", "hang_dot", "drop_before_250"]


def test_once_sends_what_waits_and_ends(app: Flask, smtp: Mailbox) -> None:
    queued(subject="Svar på din synpunkt åäö")
    queued(recipient_email="annan@example.org")
    result = app.test_cli_runner().invoke(args=["worker", "--once"])
    assert result.exit_code == 0, result.output
    first, second = smtp.mails
    assert first.recipients == ("berit@example.org",)
    assert second.recipients == ("annan@example.org",)
    assert first.subject == "Svar på din synpunkt åäö"
    assert first.sender == "synpunkten@hjo.example"
    assert "Tack för din synpunkt." in first.text
    assert {row.state for row in db.session.query(OutboxMessage)} == {"sent"}


def test_without_a_mail_server_everything_waits(app: Flask) -> None:
    message = queued()
    result = app.test_cli_runner().invoke(args=["worker", "--once"])
    assert result.exit_code == 0, result.output
    assert (fresh(message).state, fresh(message).attempts) == ("queued", 0)


@pytest.mark.parametrize("mode", TEMPORARY)
def test_every_try_sends_the_same_bytes_until_one_succeeds(app: Flask, mode: str) -> None:
    message = queued(text="Hej å\n.\n..\nFrom x", html="<p>Hej å</p>")
    moment = utcnow()
    with FaultySmtp(mode) as server:
        work = worker_for(server)
        for _try in range(2):
            with as_of(moment):
                assert work.deliver_next()
            row = fresh(message)
            assert row.state == "queued"
            assert row.last_error
            moment = row.next_try_at
        server.mode = "ok"
        with as_of(moment):
            assert work.deliver_next()
            assert not work.deliver_next()
    row = fresh(message)
    assert (row.state, row.attempts, row.last_error) == ("sent", 3, "")
    copies = server.by_id()
    assert list(copies) == [message.message_id]
    assert len(set(copies[message.message_id])) == 1


@pytest.mark.parametrize("mode", ["refuse_rcpt", "perm550"])
def test_a_refused_mail_is_not_tried_again(app: Flask, mode: str) -> None:
    message = queued()
    with FaultySmtp(mode) as server:
        work = worker_for(server)
        assert work.deliver_next()
        server.mode = "ok"
        with as_of(utcnow() + timedelta(days=3)):
            assert not work.deliver_next()
    assert fresh(message).state == "failed"
    assert "550" in fresh(message).last_error
    assert server.kept == []


@pytest.mark.parametrize("mode", ["drop_after_250", "no_quit", "accept_251"])
def test_what_the_server_took_is_sent_once(app: Flask, mode: str) -> None:
    message = queued()
    with FaultySmtp(mode) as server:
        work = worker_for(server)
        assert work.deliver_next()
        with as_of(utcnow() + timedelta(days=3)):
            assert not work.deliver_next()
    assert fresh(message).state == "sent"
    assert len(server.kept) == 1


def test_one_bad_recipient_does_not_hold_up_the_others(app: Flask) -> None:
    messages = [queued(), queued(), queued()]
    with FaultySmtp("refuse_rcpt") as server:
        work = worker_for(server)
        work.deliver_next()
        server.mode = "ok"
        assert work.deliver_next()
        assert work.deliver_next()
    assert [fresh(m).state for m in messages] == ["failed", "sent", "sent"]


def test_a_server_that_is_away_costs_each_mail_a_minute_and_none_its_place(app: Flask) -> None:
    messages = [queued() for _n in range(5)]
    with FaultySmtp("hang_banner") as server:
        work = worker_for(server)
        assert work.deliver_next()
        assert not work.deliver_next()  # it is left alone for a while
        server.mode = "ok"
    assert [fresh(m).attempts for m in messages] == [1, 0, 0, 0, 0]
    with FaultySmtp() as back, as_of(utcnow() + timedelta(minutes=1)):
        work = worker_for(back)
        while work.deliver_next():
            pass
    assert {fresh(m).state for m in messages} == {"sent"}
    assert len(back.kept) == 5


def test_a_mail_that_cannot_be_built_fails_and_does_not_stop_the_worker(app: Flask) -> None:
    bad, good = queued(), queued()
    fresh(bad).recipient_email = "a b@example.org"  # only by writing past queue_mail()
    db.session.commit()
    with FaultySmtp() as server:
        work = worker_for(server)
        assert work.deliver_next()
        assert work.deliver_next()
    assert (fresh(bad).state, fresh(good).state) == ("failed", "sent")


def test_nothing_of_the_database_is_held_while_a_mail_is_sent(app: Flask) -> None:
    queued()
    held: list[object] = []

    class Watching(FaultySmtp):
        def keep(self, message: object) -> None:
            with app.app_context():
                other = queued(subject="under tiden")  # would wait for the worker's lock
            held.append(other.id)
            super().keep(message)  # type: ignore[arg-type]

    with Watching() as server:
        work = worker_for(server, timeout=8)
        assert work.deliver_next()
    assert len(held) == 1
    assert len(server.kept) == 1


def test_the_worker_clears_away_counters_whose_time_is_over(app: Flask) -> None:
    db.session.add(RateWindow(key="gammal", hits=1, expires_at=1))
    db.session.add(RateWindow(key="ny", hits=1, expires_at=2**31 - 1))
    db.session.commit()
    Worker(current_settings()).tidy()
    assert [row.key for row in db.session.query(RateWindow)] == ["ny"]


def test_the_worker_names_itself_by_the_sites_address(app: Flask) -> None:
    queued()
    with FaultySmtp() as server:
        settings = replace(
            current_settings(), base_url="https://synpunkt.hjo.example", smtp=server.settings
        )
        assert Worker(settings).deliver_next()
    assert server.commands[0] == "ehlo synpunkt.hjo.example"
