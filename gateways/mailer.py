"""Handing one mail to the mail server, within a time, over a checked connection.

Of Flask-Mail 0.10 we use the connection, and replace what was measured to be dangerous in it: it
waits for ever for a silent server, checks no certificate, goes on without STARTTLS when the server
does not offer it, and raises for a QUIT that fails after the mail was taken (faults F18-F22). Its
Message is not used: it makes a new Message-ID, asking DNS, at every try (gateways/mime.py).
"""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache

from flask_mail import Connection

from config import SmtpSettings
from gateways.smtp_host import Deadline, PlainHost, TlsHost

TIMEOUT_SECONDS = 30
"""The longest silence of the server that we bear."""
GOODBYE_SECONDS = 5
TOO_BIG = 552


class MailError(Exception):
    """The mail was not taken. The message says why, for the people who look after the mail."""


class Refused(MailError):
    """The server will never take this mail."""


class Delayed(MailError):
    """The server does not take this mail now."""


class Unreachable(MailError):
    """The server cannot be talked to; the next mail would meet the same."""


@dataclass(frozen=True)
class Transport:
    """How to reach the mail server. `helo` is our own name; `context` replaces the usual trust."""

    smtp: SmtpSettings
    helo: str = "localhost"
    timeout: float = TIMEOUT_SECONDS
    context: ssl.SSLContext | None = None

    def trust(self) -> ssl.SSLContext:
        """Whose certificates are believed."""
        return self.context or _usual_trust()


@lru_cache(maxsize=1)
def _usual_trust() -> ssl.SSLContext:
    """The machine's certificates. Read once: that takes longer than sending a mail."""
    return ssl.create_default_context()


def send(raw: bytes, sender: str, recipient: str, via: Transport, deadline: Deadline) -> None:
    """Deliver `raw` to one recipient. Returns when the server has taken it; never raises after.

    Raises Refused, Delayed or Unreachable.
    """
    connection = _MailConnection(via, deadline)
    try:
        connection.__enter__()
    except (OSError, smtplib.SMTPException, ssl.SSLError) as error:
        deadline.release()
        raise Unreachable(_sentence("Mejlservern går inte att nå", error)) from error
    try:
        connection.send(_Envelope(raw, sender, recipient))  # type: ignore[arg-type]
    except (OSError, smtplib.SMTPException) as error:
        _raise_outcome(error, recipient)
    finally:
        connection.close()


def _raise_outcome(error: Exception, recipient: str) -> None:
    """Raise what `error` means, or return when it means that the mail was taken."""
    code, _reply = _answer(error, recipient)
    if isinstance(error, smtplib.SMTPDataError) and 200 <= code < 300:
        return  # 251 or 252 instead of 250: taken all the same
    is_final = isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError)
    is_final = is_final or code == TOO_BIG  # said to the sender's address, but of this mail
    if is_final and 500 <= code < 600:
        raise Refused(_sentence("Mejlservern tog inte emot mejlet", error, recipient)) from error
    raise Delayed(_sentence("Mejlet gick inte att lämna", error, recipient)) from error


def _answer(error: Exception, recipient: str) -> tuple[int, str]:
    """The server's code and words, (0, "") when it gave none."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, reply = error.recipients.get(recipient) or next(iter(error.recipients.values()))
        return code, _words(reply)
    if isinstance(error, smtplib.SMTPResponseException) and error.smtp_code >= 200:
        return error.smtp_code, _words(error.smtp_error)
    return 0, ""  # also for an answer that was cut off after its first digit


def _words(reply: bytes | str) -> str:
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    return " ".join(text.split())


def _sentence(what: str, error: Exception, recipient: str = "") -> str:
    code, words = _answer(error, recipient)
    reason = f"{code} {words}" if code else _explained(error)
    return f"{what}: {reason}"[:500]


def _explained(error: Exception) -> str:
    if isinstance(error, TimeoutError) or "timed out" in str(error):
        return "servern svarade inte i tid"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"certifikatet godkändes inte ({error.verify_message})"
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return "servern erbjuder inte det som krävs (STARTTLS eller inloggning)"
    if isinstance(
        error, ConnectionError | smtplib.SMTPServerDisconnected | smtplib.SMTPResponseException
    ):
        return "anslutningen nekades eller bröts"
    return " ".join(str(error).split()) or type(error).__name__


class _MailConnection(Connection):
    """Flask-Mail's connection with our own way of opening and closing it."""

    def __init__(self, via: Transport, deadline: Deadline) -> None:
        super().__init__(_FlaskMailSettings())  # type: ignore[arg-type]
        self._via = via
        self._deadline = deadline

    def configure_host(self) -> smtplib.SMTP:
        """Connect, secure, log in. Raises rather than go on without what the settings ask for."""
        smtp = self._via.smtp
        if smtp.security == "tls":
            host: smtplib.SMTP = TlsHost(
                smtp.host,
                smtp.port,
                self._via.helo,
                self._via.timeout,
                self._deadline,
                self._via.trust(),
            )
        else:
            host = PlainHost(
                smtp.host, smtp.port, self._via.helo, self._via.timeout, self._deadline
            )
        try:
            if smtp.security == "starttls":
                host.starttls(context=self._via.trust())
            host.ehlo_or_helo_if_needed()
            if smtp.username:
                host.login(smtp.username, smtp.password)
        except BaseException:
            host.close()
            raise
        return host

    def close(self) -> None:
        """Say goodbye if the server still listens. The mail's fate is decided already."""
        host, self.host = self.host, None
        if host is not None:
            with suppress(OSError, smtplib.SMTPException):
                if host.sock is not None:
                    host.sock.settimeout(min(self._via.timeout, GOODBYE_SECONDS))
                host.quit()
            host.close()
        self._deadline.release()


class _FlaskMailSettings:
    """What Flask-Mail's connection reads of its settings; ours are in `Transport`."""

    suppress = False
    max_emails = None


class _Envelope:
    """The part of a Flask-Mail message that its connection reads."""

    date = 0.0
    mail_options: tuple[str, ...] = ()
    rcpt_options: tuple[str, ...] = ()

    def __init__(self, raw: bytes, sender: str, recipient: str) -> None:
        self._raw = raw
        self.sender = sender
        self.send_to = {recipient}

    def has_bad_headers(self) -> bool:
        """gateways/mime.py has refused them."""
        return False

    def as_bytes(self) -> bytes:
        return self._raw
