"""The mailbox where bounces arrive: what is new there, and putting each mail in its folder.

imap-tools on connections of our own: each with a time for the whole visit, certificates always
checked, and no password before the connection is encrypted when the settings ask for that.
Nothing is deleted.
"""

from __future__ import annotations

import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

from imap_tools import BaseMailBox, ImapToolsError

from config import ImapSettings
from gateways.smtp_host import Deadline

TIMEOUT_SECONDS = 15
"""The longest silence of the server that we bear."""
LARGEST = 5 * 1024 * 1024
"""Bytes read of one mail. What a bounce has to say stands before the mail that it returns."""
MOST = 200
"""Mails of one visit; the rest wait for the next."""

_NAMESPACE = re.compile(rb'\(\("([^"\\]*)"')

HANDLED = "Behandlade"
UNMATCHED = "Ej matchade"


class MailboxUnreadable(Exception):
    """The mailbox cannot be read now. The message says why, in a few words without secrets."""


@dataclass(frozen=True)
class Door:
    """How to reach the mailbox. `context` replaces the machine's trust (tests)."""

    imap: ImapSettings
    timeout: float = TIMEOUT_SECONDS
    context: ssl.SSLContext | None = None


@dataclass(frozen=True)
class NewMail:
    """One unseen mail. `raw` is cut at LARGEST."""

    uid: str
    raw: bytes


class Mailbox:
    """An open mailbox."""

    def __init__(self, box: BaseMailBox) -> None:
        self._box = box
        self._known: set[str] = set()
        self._prefix = ""

    def new_mails(self) -> Iterator[NewMail]:
        """The unseen mails, oldest first. Reading leaves them unseen: move() is what ends one."""
        for uid in self._box.uids("UNSEEN", charset=None)[:MOST]:
            raw = self._read(uid)
            if raw is not None:
                yield NewMail(uid, raw)

    def move(self, mail: NewMail, folder: str) -> None:
        """Put a mail into `folder`, which is made when it is missing."""
        if not self._known:
            self._known = {found.name for found in self._box.folder.list()}
            self._prefix = self._own_prefix()
        name = self._prefix + folder
        if name not in self._known:
            self._box.folder.create(name)
            self._known.add(name)
        self._box.move(mail.uid, name)

    def _own_prefix(self) -> str:
        """What our folders' names begin with: "" on most servers, "INBOX." on some (RFC 2342)."""
        status, found = self._box.client.namespace()
        answer = found[0] if status == "OK" and found and isinstance(found[0], bytes) else b""
        match = _NAMESPACE.match(answer)
        return match[1].decode("ascii", "replace") if match else ""

    def _read(self, uid: str) -> bytes | None:
        """The mail's first bytes; None when another worker has moved it meanwhile."""
        status, found = self._box.client.uid("FETCH", uid, f"(BODY.PEEK[]<0.{LARGEST}>)")
        if status != "OK":
            raise MailboxUnreadable("servern lämnade inte ut ett mejl")
        parts = [item[1] for item in found if isinstance(item, tuple) and len(item) == 2]
        return bytes(parts[0]) if parts else None


@contextmanager
def open_mailbox(door: Door, deadline: Deadline) -> Iterator[Mailbox]:
    """Sign in and choose the folder. Raises MailboxUnreadable, also for what fails inside."""
    box = _Box(door, deadline)
    try:
        box.login(door.imap.username, door.imap.password, initial_folder=door.imap.folder)
        yield Mailbox(box)
        with suppress(OSError, imaplib.IMAP4.error, ImapToolsError):
            box.logout()
    except (OSError, imaplib.IMAP4.error, ImapToolsError, UnicodeError) as error:
        raise MailboxUnreadable(_reason(error)) from error
    finally:
        box.hang_up()
        deadline.release()


def _reason(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"certifikatet godkändes inte ({error.verify_message})"
    if isinstance(error, TimeoutError) or "timed out" in str(error):
        return "servern svarade inte i tid"
    if isinstance(error, OSError | imaplib.IMAP4.abort):
        return "anslutningen nekades eller bröts"
    return f"servern sade nej ({type(error).__name__})"  # its words may repeat the login


class _Box(BaseMailBox):
    """imap-tools' mailbox with our way of connecting. It connects when it is made."""

    def __init__(self, door: Door, deadline: Deadline) -> None:
        self._door = door
        self._deadline = deadline
        try:
            super().__init__()
        except (OSError, imaplib.IMAP4.error, ImapToolsError) as error:
            deadline.release()
            raise MailboxUnreadable(_reason(error)) from error

    def _get_mailbox_client(self) -> imaplib.IMAP4:
        imap = self._door.imap
        context = self._door.context or ssl.create_default_context()
        connect: Any = partial(_Plain, self._deadline)
        if imap.security == "tls":
            connect = partial(_Encrypted, self._deadline, context)
        client: imaplib.IMAP4 = connect(imap.host, imap.port, self._door.timeout)
        if imap.security == "starttls":
            try:
                client.starttls(context)
            except BaseException:
                with suppress(OSError):
                    client.shutdown()
                raise
        return client

    def hang_up(self) -> None:
        """End the connection without a word; after a logout it is closed already."""
        with suppress(OSError):
            self.client.shutdown()


class _Plain(imaplib.IMAP4):
    """A connection that is cut when the time for the visit is over."""

    def __init__(self, deadline: Deadline, host: str, port: int, timeout: float) -> None:
        self._deadline = deadline
        super().__init__(host, port, timeout)

    def _create_socket(self, timeout: float | None) -> Any:
        connected = super()._create_socket(timeout)  # type: ignore[misc]
        self._deadline.watch(connected)
        return connected


class _Encrypted(imaplib.IMAP4_SSL):
    """The same, encrypted from the first byte."""

    def __init__(
        self, deadline: Deadline, context: ssl.SSLContext, host: str, port: int, timeout: float
    ) -> None:
        self._deadline = deadline
        super().__init__(host, port, ssl_context=context, timeout=timeout)

    def _create_socket(self, timeout: float | None) -> Any:
        connected = imaplib.IMAP4._create_socket(self, timeout)  # type: ignore[attr-defined]
        self._deadline.watch(connected)
        return self.ssl_context.wrap_socket(connected, server_hostname=self.host)
