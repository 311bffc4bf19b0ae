"""smtplib's connections with a time for the whole conversation, not only for each silence."""

from __future__ import annotations

import smtplib
import socket
import ssl
import threading
import time
from contextlib import suppress


class Deadline:
    """The moment until which one try may last. Cuts the connection when it has come.

    A server that says one byte a second never times out by itself (F21). It also keeps a worker
    that was paused past its lease from sending what somebody else sends by then (F25).
    """

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        self._timer: threading.Timer | None = None
        self._socket: socket.socket | None = None

    def check(self) -> None:
        """Raises TimeoutError when the time is over."""
        if time.monotonic() >= self._end:
            raise TimeoutError("The time for this try is over.")

    def watch(self, connected: socket.socket) -> None:
        """Cut `connected` at the end. A duplicate is kept: TLS takes the socket itself away."""
        self._socket = connected.dup()
        self._timer = threading.Timer(max(self._end - time.monotonic(), 0), self._cut)
        self._timer.daemon = True
        self._timer.start()

    def release(self) -> None:
        """The conversation is over."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer.join()
        if self._socket is not None:
            self._socket.close()
        self._timer = self._socket = None

    def _cut(self) -> None:
        watched = self._socket
        if watched is not None:
            with suppress(OSError):
                watched.shutdown(socket.SHUT_RDWR)


class PlainHost(smtplib.SMTP):
    """A connection without encryption, or one that becomes encrypted by starttls()."""

    def __init__(self, host: str, port: int, helo: str, timeout: float, deadline: Deadline) -> None:
        self._deadline = deadline
        super().__init__(host, port, local_hostname=helo, timeout=timeout)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        connected: socket.socket = super()._get_socket(host, port, timeout)  # type: ignore[misc]
        self._deadline.watch(connected)
        return connected

    def data(self, msg: object) -> tuple[int, bytes]:
        """The last moment at which a mail can still be kept back."""
        self._deadline.check()
        return super().data(msg)  # type: ignore[arg-type]


class TlsHost(smtplib.SMTP_SSL, PlainHost):
    """A connection that is encrypted from the first byte."""

    def __init__(
        self,
        host: str,
        port: int,
        helo: str,
        timeout: float,
        deadline: Deadline,
        context: ssl.SSLContext,
    ) -> None:
        self._deadline = deadline
        smtplib.SMTP_SSL.__init__(
            self, host, port, local_hostname=helo, timeout=timeout, context=context
        )
