"""A real SMTP server in a thread. It keeps every message as the bytes that came over the wire."""

from __future__ import annotations

import email
import email.policy
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass(frozen=True)
class Mail:
    """One delivery: envelope and raw bytes."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes

    @property
    def message(self) -> EmailMessage:
        """The bytes, parsed."""
        parsed = email.message_from_bytes(self.raw, policy=email.policy.default)
        assert isinstance(parsed, EmailMessage)
        return parsed

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])

    @property
    def text(self) -> str:
        """The text/plain part."""
        return self._part("plain")

    @property
    def html(self) -> str:
        """The text/html part, or ""."""
        return self._part("html")

    def _part(self, kind: str) -> str:
        part = self.message.get_body((kind,))
        return str(part.get_content()) if part else ""


@dataclass
class Mailbox:
    """The server's handler. `mails` are in order of arrival."""

    mails: list[Mail] = field(default_factory=list)
    url: str = ""

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content: Any = envelope.original_content
        self.mails.append(Mail(str(envelope.mail_from), tuple(envelope.rcpt_tos), bytes(content)))
        return "250 OK"

    def to(self, address: str) -> list[Mail]:
        """The mails to one recipient."""
        return [mail for mail in self.mails if address in mail.recipients]


class MailServer:
    """`with MailServer() as mailbox:` - listens on a free port of the loopback."""

    def __init__(self) -> None:
        self.mailbox = Mailbox()
        self._controller = _AnyPort(self.mailbox, hostname="127.0.0.1", port=0)

    def __enter__(self) -> Mailbox:
        self._controller.start()
        server = self._controller.server
        assert server is not None
        port = server.sockets[0].getsockname()[1]  # type: ignore[attr-defined]
        self.mailbox.url = f"smtp://127.0.0.1:{port}"
        return self.mailbox

    def __exit__(self, *_: object) -> None:
        self._controller.stop()


class _AnyPort(Controller):
    def _trigger_server(self) -> None:
        """aiosmtpd connects once to see that it listens; with port 0 it must look the port up."""
        assert self.server is not None
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()
