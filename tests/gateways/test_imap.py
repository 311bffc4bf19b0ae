"""The mailbox for bounces on a real IMAP server: what is read, where it goes, whom we believe."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from config import ImapSettings
from gateways.imap import HANDLED, LARGEST, UNMATCHED, Door, MailboxUnreadable, open_mailbox
from gateways.smtp_host import Deadline
from tests.support.imap import USER, Dovecot, dovecot
from tests.support.tls import make_certificate, trusting

MAIL = b"Subject: ett\r\n\r\nHej\r\n"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def imap(certificate: Path) -> Iterator[Dovecot]:
    with dovecot(certificate) as server:
        yield server


def read(door: Door) -> list[bytes]:
    with open_mailbox(door, Deadline(20)) as mailbox:
        return [mail.raw for mail in mailbox.new_mails()]


def refusal(door: Door, seconds: float = 20) -> str:
    with pytest.raises(MailboxUnreadable) as caught, open_mailbox(door, Deadline(seconds)):
        pass
    return str(caught.value)


@pytest.mark.parametrize("security", ["tls", "starttls", "none"])
def test_new_mails_are_read_and_stay_unread_until_they_are_moved(
    imap: Dovecot, security: str
) -> None:
    imap.deliver(MAIL)
    imap.deliver(b"Subject: tv\xe5\r\n\r\n\xff\x00\xfe\r\n".replace(b"\x00", b""))
    door = Door(imap.settings(security), context=imap.trust)
    first = read(door)
    assert (len(first), first[0]) == (2, MAIL)
    assert read(door) == first
    with open_mailbox(door, Deadline(20)) as mailbox:
        for mail, folder in zip(mailbox.new_mails(), (HANDLED, UNMATCHED), strict=True):
            mailbox.move(mail, folder)
    assert read(door) == []
    assert imap.mails("INBOX") == []
    assert imap.mails("Behandlade") == first[:1]
    assert imap.mails("Ej matchade") == first[1:]


def test_folders_are_made_where_the_server_keeps_its_folders(certificate: Path) -> None:
    with dovecot(certificate, prefix="INBOX.") as server:
        door = Door(server.settings(), context=server.trust)
        for _visit in range(2):
            server.deliver(MAIL)
            with open_mailbox(door, Deadline(20)) as mailbox:
                for mail in mailbox.new_mails():
                    mailbox.move(mail, HANDLED)
        assert server.mails("INBOX.Behandlade") == [MAIL, MAIL]


def test_of_a_huge_mail_only_the_beginning_is_read(imap: Dovecot) -> None:
    huge = MAIL + b"x" * 70 + (b"\r\n" + b"y" * 70) * (LARGEST // 70)
    assert len(huge) > LARGEST
    imap.deliver(huge)
    (raw,) = read(Door(imap.settings(), context=imap.trust))
    assert raw == huge[:LARGEST]


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_an_unknown_certificate_is_refused_before_the_password(
    imap: Dovecot, security: str
) -> None:
    assert "certifikatet godkändes inte" in refusal(Door(imap.settings(security)))
    assert USER not in imap.log


def test_a_certificate_for_another_name_is_refused(tmp_path: Path) -> None:
    other = make_certificate(tmp_path, "evil.example")
    with dovecot(other) as server:
        door = Door(server.settings(), context=trusting(other))
        assert "certifikatet godkändes inte" in refusal(door)


def test_a_wrong_password_is_told_without_the_password(imap: Dovecot) -> None:
    wrong = replace(imap.settings(), password="hemligt-och-fel")
    told = refusal(Door(wrong, context=imap.trust))
    assert told == "servern sade nej (MailboxLoginError)"


def test_a_folder_that_is_not_there_is_told(imap: Dovecot) -> None:
    missing = replace(imap.settings(), folder="Finns inte")
    assert "servern sade nej" in refusal(Door(missing, context=imap.trust))


def test_nothing_listening_is_told(imap: Dovecot) -> None:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        nowhere = ImapSettings("127.0.0.1", bound.getsockname()[1], "none", "u", "p", "INBOX")
        assert refusal(Door(nowhere)) == "anslutningen nekades eller bröts"


@pytest.mark.parametrize("security", ["none", "starttls", "tls"])
@pytest.mark.parametrize("says", [b"", b"* OK hej\r\n", b"* ", b"\x00\xff skr\xc3\xa4p\r\n" * 9])
def test_a_server_that_hangs_or_talks_nonsense_is_left_in_time(security: str, says: bytes) -> None:
    released = threading.Event()

    def answer(listening: socket.socket) -> None:
        connection, _address = listening.accept()
        with connection:
            connection.sendall(says)
            released.wait(20)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=answer, args=(listening,))
        thread.start()
        port = listening.getsockname()[1]
        settings = ImapSettings("127.0.0.1", port, security, "u", "p", "INBOX")
        try:
            assert refusal(Door(settings, timeout=0.3))
        finally:
            released.set()
            thread.join()


def test_a_server_that_trickles_is_cut_off_at_the_deadline() -> None:
    """Every byte comes in time, so only the time for the whole visit can end it."""
    stopped = threading.Event()

    def trickle(listening: socket.socket) -> None:
        connection, _address = listening.accept()
        with connection:
            while not stopped.wait(0.1):
                try:
                    connection.sendall(b"*")
                except OSError:
                    return

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=trickle, args=(listening,))
        thread.start()
        port = listening.getsockname()[1]
        settings = ImapSettings("127.0.0.1", port, "none", "u", "p", "INBOX")
        try:
            assert refusal(Door(settings, timeout=9), seconds=0.5)
        finally:
            stopped.set()
            thread.join()
