"""What we make of a mail server's faults: taken, later, never, or not there at all (F15-F22)."""

from __future__ import annotations

import socket
from dataclasses import replace

import pytest
from flask import Flask

from config import SmtpSettings
from gateways.mailer import Delayed, MailError, Refused, Transport, Unreachable, send
from gateways.smtp_host import Deadline
from tests.support.smtp_faults import FaultySmtp

RAW = b"Message-ID: <a@x.example>\r\n\r\nHej\r\n.\r\n..\r\nslut\r\n"
TIMEOUT = 0.4
LATER = {
    "temp451": (Delayed, "451 try later"),
    "temp452": (Delayed, "452 full"),
    "refuse_sender": (Delayed, "553 not you"),
    "hang_data": (Delayed, "servern svarade inte i tid"),
    "hang_dot": (Delayed, "servern svarade inte i tid"),
    "drop_before_250": (Delayed, "anslutningen nekades eller bröts"),
    "refuse_rcpt": (Refused, "550 no such user"),
    "perm550": (Refused, "550 rejected"),
    "too_big": (Refused, "552 too big"),
    "too_big_from": (Refused, "552 message too big"),
    "drop_in_data": (Delayed, "anslutningen nekades eller bröts"),
    "garbage_answer": (Delayed, "anslutningen nekades eller bröts"),
    "hang_banner": (Unreachable, "servern svarade inte i tid"),
    "garbage_banner": (Unreachable, "anslutningen nekades eller bröts"),
    "busy_banner": (Unreachable, "421 too many connections"),
    "drop_banner": (Unreachable, "anslutningen nekades eller bröts"),
}


def deliver(server: FaultySmtp, seconds: float = 20, timeout: float = TIMEOUT) -> None:
    via = Transport(server.settings, timeout=timeout)
    send(RAW, "from@x.example", "to@x.example", via, Deadline(seconds))


@pytest.mark.parametrize("mode", LATER)
def test_each_fault_has_its_outcome_and_its_reason(app: Flask, mode: str) -> None:
    kind, reason = LATER[mode]
    with FaultySmtp(mode) as server, pytest.raises(MailError, match=reason) as caught:
        deliver(server)
    assert type(caught.value) is kind


@pytest.mark.parametrize("mode", ["ok", "drop_after_250", "no_quit", "accept_251"])
def test_what_the_server_took_is_sent_whatever_happens_afterwards(app: Flask, mode: str) -> None:
    with FaultySmtp(mode) as server:
        deliver(server)
    (kept,) = server.kept
    assert (kept.raw, kept.sender, kept.recipients) == (RAW, "from@x.example", ("to@x.example",))


def test_a_server_that_trickles_is_cut_off_at_the_deadline(app: Flask) -> None:
    """Every byte comes in time, so only the deadline for the whole try can end it (F21)."""
    with FaultySmtp("slow") as server, pytest.raises(MailError, match="svarade inte|bröts"):
        deliver(server, seconds=0.5, timeout=5)
    assert server.commands == []  # its greeting alone takes nine seconds


def test_who_woke_up_after_the_deadline_sends_nothing(app: Flask) -> None:
    """As a worker that was paused past its lease: the mail may be another's by now (F25)."""
    deadline = Deadline(0)
    deadline.watch = lambda connected: None  # type: ignore[method-assign]
    with FaultySmtp() as server, pytest.raises(Delayed, match="svarade inte i tid"):
        send(RAW, "a@x.example", "b@x.example", Transport(server.settings), deadline)
    assert "DATA" not in server.commands
    assert server.kept == []


def test_nothing_listening_is_unreachable(app: Flask) -> None:
    with socket.socket() as bound:  # bound, but nobody listens
        bound.bind(("127.0.0.1", 0))
        nowhere = SmtpSettings("127.0.0.1", bound.getsockname()[1], "none")
        with pytest.raises(Unreachable, match="anslutningen nekades"):
            send(RAW, "a@x.example", "b@x.example", Transport(nowhere), Deadline(20))


def test_a_server_without_login_is_unreachable_when_a_name_is_set(app: Flask) -> None:
    with FaultySmtp() as server:
        named = replace(server.settings, username="u", password="p")  # noqa: S106
        with pytest.raises(Unreachable, match="erbjuder inte"):
            send(RAW, "a@x.example", "b@x.example", Transport(named), Deadline(20))
    assert server.kept == []


def test_our_name_is_said_and_not_asked_of_dns(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_dns(*_: object) -> str:
        raise AssertionError("DNS was asked for our own name")

    monkeypatch.setattr(socket, "getfqdn", no_dns)
    with FaultySmtp() as server:
        via = Transport(server.settings, helo="synpunkt.hjo.example")
        send(RAW, "a@x.example", "b@x.example", via, Deadline(20))
    assert server.commands[0] == "ehlo synpunkt.hjo.example"
