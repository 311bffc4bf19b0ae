"""Encryption is never optional once it is set, and certificates are always checked (F22)."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from gateways.mailer import Transport, Unreachable, send
from gateways.smtp_host import Deadline
from tests.support.smtp_faults import FaultySmtp
from tests.support.tls import make_certificate, server_context, trusting

RAW = b"Message-ID: <a@x.example>\r\n\r\nHej\r\n"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_certificate(tmp_path_factory.mktemp("tls"))


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_trusted_certificate_lets_the_mail_through(
    app: Flask, certificate: Path, security: str
) -> None:
    with FaultySmtp(security=security, context=server_context(certificate)) as server:
        via = Transport(server.settings, context=trusting(certificate))
        send(RAW, "a@x.example", "b@x.example", via, Deadline(20))
    assert [kept.raw for kept in server.kept] == [RAW]


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_an_unknown_certificate_stops_the_mail(
    app: Flask, certificate: Path, security: str
) -> None:
    with FaultySmtp(security=security, context=server_context(certificate)) as server:
        via = Transport(server.settings)
        with pytest.raises(Unreachable, match="certifikatet godkändes inte"):
            send(RAW, "a@x.example", "b@x.example", via, Deadline(20))
    assert server.kept == []


def test_a_certificate_for_another_name_stops_the_mail(app: Flask, tmp_path: Path) -> None:
    other = make_certificate(tmp_path, "evil.example")
    with FaultySmtp(security="starttls", context=server_context(other)) as server:
        via = Transport(server.settings, context=trusting(other))
        with pytest.raises(Unreachable, match="certifikatet godkändes inte"):
            send(RAW, "a@x.example", "b@x.example", via, Deadline(20))
    assert server.kept == []


def test_a_server_whose_starttls_was_stripped_gets_nothing(app: Flask) -> None:
    with FaultySmtp(security="starttls") as server:
        via = Transport(server.settings)
        with pytest.raises(Unreachable, match="STARTTLS"):
            send(RAW, "a@x.example", "b@x.example", via, Deadline(20))
    assert not any(command.upper().startswith("MAIL") for command in server.commands)
