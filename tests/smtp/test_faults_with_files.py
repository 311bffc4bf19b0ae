"""The same faults with attachments: nothing lost, every copy the same bytes, nothing in clear."""

from __future__ import annotations

from email import message_from_bytes, policy
from pathlib import Path

import pytest

from cli.worker import Worker
from domain.clock import as_of
from extensions import current_settings, db
from gateways.mailer import Transport
from models import OutboxMessage, utcnow
from tests.support.cases import mails
from tests.support.compose import ANSWER, answered_case, send, staged_files
from tests.support.mails import fresh, worker_for
from tests.support.smtp_faults import FaultySmtp
from tests.support.tls import make_certificate, server_context, trusting

pytestmark = pytest.mark.usefixtures("app", "town")

PLAN = b"%PDF-1.4\n" + bytes(range(256)) * 700 + b"\n%%EOF"
NOTE = "Räksmörgås på ön\n.\n..\nFrom x\n".encode()
TEMPORARY = [
    "temp451", "temp452", "refuse_sender", "hang_data", "hang_dot", "drop_in_data",
    "drop_before_250", "garbage_answer", "garbage_banner", "busy_banner", "drop_banner",
    "hang_banner",
]  # fmt: skip
KEPT_ALL_THE_SAME = {"hang_dot", "drop_before_250", "garbage_answer"}
"""The server stores the mail and does not say so: the one window that SMTP leaves open."""


@pytest.fixture
def answer() -> OutboxMessage:
    """An answer with two files, alone in the outbox."""
    case = answered_case()
    for message in mails():
        message.state = "sent"
    send(case, ANSWER, files=staged_files("k" * 20, plan_pdf=PLAN, åäö_txt=NOTE))
    (message,) = mails("answer")
    db.session.expunge(message)  # a worker in this process ends the session
    return message


def files_in(raw: bytes) -> dict[str | None, bytes]:
    parsed = message_from_bytes(raw, policy=policy.default)
    return {p.get_filename(): p.get_payload(decode=True) for p in parsed.iter_attachments()}


@pytest.mark.parametrize("mode", TEMPORARY)
def test_whatever_goes_wrong_the_files_arrive_once_and_whole(
    answer: OutboxMessage, mode: str
) -> None:
    with FaultySmtp(mode) as server:
        work, moment = worker_for(server), utcnow()
        with as_of(moment):
            assert work.deliver_next()
        row = fresh(answer)
        assert (row.state, row.attempts) == ("queued", 1)
        assert row.last_error
        assert len(server.kept) == (1 if mode in KEPT_ALL_THE_SAME else 0)
        server.mode, moment = "ok", row.next_try_at
    with FaultySmtp() as server_again, as_of(moment):
        assert worker_for(server_again).deliver_next()
    assert fresh(answer).state == "sent"
    copies = [kept.raw for kept in (*server.kept, *server_again.kept)]
    assert len(set(copies)) == 1
    assert files_in(copies[0]) == {"plan.pdf": PLAN, "åäö.txt": NOTE}


@pytest.mark.parametrize("mode", ["too_big", "too_big_from", "perm550", "refuse_rcpt"])
def test_a_mail_that_is_refused_for_good_says_why_and_is_not_repeated(
    answer: OutboxMessage, mode: str
) -> None:
    with FaultySmtp(mode) as server:
        work = worker_for(server)
        assert work.deliver_next()
        row = fresh(answer)
        assert row.state == "failed"
        assert "55" in row.last_error
        assert row.event is not None
        assert row.event.state == "failed"
    assert server.kept == []
    assert len(mails("mail_failed")) == 1


@pytest.mark.parametrize("security", ["starttls", "tls"])
@pytest.mark.parametrize("name", ["localhost", "evil.example"])
def test_a_server_that_cannot_prove_its_name_sees_no_byte_of_the_mail(
    answer: OutboxMessage, tmp_path: Path, security: str, name: str
) -> None:
    """A certificate that nobody vouches for, and one for another name that somebody does."""
    certificate = make_certificate(tmp_path, name)
    trust = trusting(certificate) if name == "evil.example" else None
    with FaultySmtp(security=security, context=server_context(certificate)) as server:
        via = Transport(server.settings, timeout=2, context=trust)
        assert Worker(current_settings(), via).deliver_next()
    assert_nothing_told(server)
    assert "certifikatet godkändes inte" in fresh(answer).last_error


def test_a_server_whose_starttls_was_stripped_sees_no_byte_of_the_mail(
    answer: OutboxMessage,
) -> None:
    with FaultySmtp(security="starttls") as server:
        assert worker_for(server).deliver_next()
    assert_nothing_told(server)
    assert "STARTTLS" in fresh(answer).last_error


def assert_nothing_told(server: FaultySmtp) -> None:
    """What arrives in clear the server keeps as commands: there must be none of the mail."""
    assert server.kept == []
    said = " ".join(server.commands).lower()
    assert [word for word in ("mail", "rcpt", "data", "berit", "plan") if word in said] == []
