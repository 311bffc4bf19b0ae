"""A real IMAP server: Debian's dovecot on a free port, with a mailbox of its own in a folder."""

from __future__ import annotations

import imaplib
import os
import shutil
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from config import ImapSettings
from tests.support.dovecot_conf import dovecot_conf
from tests.support.processes import die_with_parent
from tests.support.programs import free_port, wait_until
from tests.support.tls import trusting

DOVECOT = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
USER, PASSWORD = "studs@hjo.example", "ett-losenord"


class Dovecot:
    """One mailbox. `settings(security)` is how a client finds it; `deliver` puts a mail in."""

    def __init__(self, folder: Path, plain: int, tls: int, certificate: Path) -> None:
        self.folder, self._plain, self._tls = folder, plain, tls
        self.certificate = certificate

    def settings(self, security: str = "tls") -> ImapSettings:
        port = self._tls if security == "tls" else self._plain
        return ImapSettings("localhost", port, security, USER, PASSWORD, "INBOX")

    @property
    def trust(self) -> ssl.SSLContext:
        return trusting(self.certificate)

    @property
    def log(self) -> str:
        return _log(self.folder)

    def deliver(self, raw: bytes, folder: str = "INBOX") -> None:
        with self.client() as client:
            status, answer = client.append(folder, "", imaplib.Time2Internaldate(time.time()), raw)
            assert status == "OK", answer

    def mails(self, folder: str) -> list[bytes]:
        """What lies in a folder; [] when there is none."""
        with self.client() as client:
            if client.select(f'"{folder}"', readonly=True)[0] != "OK":
                return []
            numbers = client.search(None, "ALL")[1][0].split()
            return [client.fetch(n, "(BODY.PEEK[])")[1][0][1] for n in numbers]

    @contextmanager
    def client(self) -> Iterator[imaplib.IMAP4]:
        client = imaplib.IMAP4("localhost", self._plain)
        client.login(USER, PASSWORD)
        try:
            yield client
        finally:
            client.logout()


@contextmanager
def dovecot(certificate: Path, *, prefix: str = "") -> Iterator[Dovecot]:
    """Start it, wait until it answers, and stop it. `prefix`: "INBOX." as some servers have."""
    assert DOVECOT, "apt-get install dovecot-imapd"
    folder = Path(tempfile.mkdtemp(prefix="imap-"))  # sockets want a short path
    plain, tls = free_port(), free_port()
    if os.geteuid() == 0:  # dovecot serves no mailbox of root's
        shutil.chown(folder, "nobody")
    config = folder / "dovecot.conf"
    config.write_text(_config(folder, certificate, plain, tls, prefix))
    with (folder / "stderr").open("wb") as errors:
        process = subprocess.Popen(
            [DOVECOT, "-F", "-c", str(config)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            preexec_fn=die_with_parent(),
        )
    server = Dovecot(folder, plain, tls, certificate)
    try:
        wait_until(lambda: process.poll() is not None or _answers(server))
        assert process.poll() is None, (folder / "stderr").read_text() + _log(folder)
        yield server
    finally:
        process.kill()  # its children end with it, and at once
        process.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


def _config(folder: Path, certificate: Path, plain: int, tls: int, prefix: str) -> str:
    asked = subprocess.run([str(DOVECOT), "--version"], capture_output=True, text=True, check=True)
    return dovecot_conf(
        asked.stdout,
        folder,
        certificate=certificate,
        plain=plain,
        tls=tls,
        prefix=prefix,
        name=USER,
        password=PASSWORD,
    )


def _answers(server: Dovecot) -> bool:
    """Without signing in: the log of a test shows who did."""
    with suppress(OSError, imaplib.IMAP4.error):
        imaplib.IMAP4("localhost", server.settings("none").port).shutdown()
        return True
    return False


def _log(folder: Path) -> str:
    path = folder / "log"
    return path.read_text(errors="replace") if path.exists() else ""
