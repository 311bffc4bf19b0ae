"""The worker and the mailbox for bounces: what is marked, what is moved, what it survives (F23)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from cli.bounces import BounceReader
from cli.worker import Worker
from extensions import current_settings, db
from gateways.imap import LARGEST, Door
from models import OutboxMessage
from tests.support.bounces import automatic_reply, bounce
from tests.support.fingerprint import everything
from tests.support.imap import Dovecot, dovecot
from tests.support.mails import fresh, queued
from tests.support.tls import make_certificate


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def imap(certificate: Path) -> Iterator[Dovecot]:
    with dovecot(certificate) as server:
        yield server


def sent() -> OutboxMessage:
    message = queued()
    fresh(message).state = "sent"
    db.session.commit()
    return message


def reader(imap: Dovecot) -> BounceReader:
    return BounceReader(Door(imap.settings(), context=imap.trust))


def test_the_worker_takes_bounces_in_and_sorts_the_mailbox(app: Flask, imap: Dovecot) -> None:
    bounced, untouched = sent(), sent()
    raw = bounce(bounced.message_id)
    strange = [
        bounce(untouched.message_id, final="annan@example.org"),
        bounce("<okant@hjo.example>"),
        automatic_reply(untouched.message_id),
        b"\xff\xfe skr\xc3\xa4p",
    ]
    for mail in (raw, *strange):
        imap.deliver(mail)
    work = Worker(replace(current_settings(), imap=imap.settings("none")))
    work.tidy()
    assert fresh(bounced).state == "failed"
    assert fresh(untouched).state == "sent"
    assert imap.mails("INBOX") == []
    assert imap.mails("Behandlade") == [raw]
    assert len(imap.mails("Ej matchade")) == len(strange)


def test_mails_that_are_not_ours_change_nothing_in_the_database(app: Flask, imap: Dovecot) -> None:
    message = sent()
    before = everything()
    for number in range(20):
        imap.deliver(automatic_reply(message.message_id))
        imap.deliver(bounce(f"<{number}@hjo.example>"))
    reader(imap).visit()
    assert everything() == before
    assert len(imap.mails("Ej matchade")) == 40


def test_what_was_marked_but_not_moved_is_moved_at_the_next_visit(
    app: Flask, imap: Dovecot
) -> None:
    message = sent()
    for _copy in range(2):  # the second is what a killed worker would have left
        imap.deliver(bounce(message.message_id))
    reader(imap).visit()
    assert len(imap.mails("Behandlade")) == 2
    assert fresh(message).state == "failed"


def test_a_bounce_that_returns_a_huge_mail_is_understood(app: Flask, imap: Dovecot) -> None:
    message = sent()
    small = bounce(message.message_id)
    line = b"z" * 70 + b"\r\n"
    imap.deliver(small.replace(b"Hej Berit!", b"Hej!\r\n" + line * (LARGEST // len(line))))
    reader(imap).visit()
    assert fresh(message).state == "failed"


def test_a_mailbox_that_is_away_is_left_alone_and_found_again(
    app: Flask, certificate: Path, caplog: pytest.LogCaptureFixture
) -> None:
    message = sent()
    with dovecot(certificate) as gone:
        away = BounceReader(Door(gone.settings(), context=gone.trust))
    for _minute in range(3):
        away.visit()
    told = [r.message for r in caplog.records if "mailbox for bounces" in r.message]
    assert len(told) == 1  # then it waits before it asks again
    assert gone.settings().password not in caplog.text
    with dovecot(certificate) as back:
        back.deliver(bounce(message.message_id))
        reader(back).visit()
    assert fresh(message).state == "failed"
