"""A mail server that misbehaves, one fault at a time, and remembers every message it kept."""

from __future__ import annotations

import email
import socket
import socketserver
import ssl
import threading
import time
from dataclasses import dataclass
from typing import Any

from config import SmtpSettings

MODES = (
    "ok", "refuse_rcpt", "temp451", "perm550", "temp452", "refuse_sender", "hang_banner",
    "wait_rcpt", "hang_data", "hang_dot", "drop_after_250", "drop_before_250", "slow",
    "no_quit", "accept_251", "garbage_banner", "busy_banner", "drop_banner", "drop_in_data",
    "garbage_answer", "too_big", "too_big_from",
)  # fmt: skip


BANNERS = {
    "garbage_banner": "\x00\xff HTTP/1.1 200 OK",
    "busy_banner": "421 too many connections",
    "drop_banner": "",
}
"""What is said instead of a greeting, before hanging up."""


@dataclass(frozen=True)
class Kept:
    """One message that the server stored, whatever it said about it."""

    raw: bytes
    sender: str
    recipients: tuple[str, ...]

    @property
    def message_id(self) -> str:
        return str(email.message_from_bytes(self.raw)["Message-ID"])


class FaultySmtp:
    """`with FaultySmtp("temp451") as server:`. `server.mode` may change at any time."""

    def __init__(
        self,
        mode: str = "ok",
        *,
        security: str = "none",
        context: ssl.SSLContext | None = None,
    ) -> None:
        assert mode in MODES
        self.mode = mode
        self.security = security
        self.context = context
        self.kept: list[Kept] = []
        self.commands: list[str] = []
        self.seconds_per_mail = 0.0
        self.changed = threading.Condition()
        self.released = threading.Event()
        self.go_on = threading.Event()  # what "wait_rcpt" waits for
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.faulty = self

    @property
    def settings(self) -> SmtpSettings:
        """Where a client finds it, by the name in its certificate (tests/support/tls.py)."""
        port: int = self._server.server_address[1]
        return SmtpSettings("localhost", port, self.security)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> FaultySmtp:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.released.set()
        self.go_on.set()
        self._server.shutdown()
        self._server.server_close()

    def keep(self, message: Kept) -> None:
        with self.changed:
            self.kept.append(message)
            self.changed.notify_all()

    def wait_for(self, count: int, seconds: float = 60) -> None:
        """Return when `count` messages have been kept."""
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.kept) >= count, seconds)

    def by_id(self) -> dict[str, list[bytes]]:
        """Message-ID → the bytes of each copy."""
        found: dict[str, list[bytes]] = {}
        for message in self.kept:
            found.setdefault(message.message_id, []).append(message.raw)
        return found


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = True
    faulty: FaultySmtp

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that hang up are what these tests are about."""


class _Handler(socketserver.StreamRequestHandler):
    server: _Server

    def setup(self) -> None:
        self.faulty = self.server.faulty
        if self.faulty.security == "tls":
            assert self.faulty.context is not None
            self.request = self.faulty.context.wrap_socket(self.request, server_side=True)
        super().setup()

    def finish(self) -> None:
        try:
            super().finish()
        except OSError:
            pass
        finally:
            self.request.close()

    def say(self, line: str) -> None:
        data = f"{line}\r\n".encode()
        if self.faulty.mode != "slow":
            self.wfile.write(data)
            return
        for byte in data:
            self.wfile.write(bytes([byte]))
            self.faulty.released.wait(0.5)

    def hang(self) -> None:
        self.faulty.released.wait()

    def handle(self) -> None:
        if self.faulty.mode == "hang_banner":
            return self.hang()
        self.say(BANNERS.get(self.faulty.mode, "220 faulty ESMTP"))
        if self.faulty.mode in BANNERS:
            return None
        self.sender, self.recipients = "", []
        while line := self.rfile.readline(2000):
            command = line.decode("ascii", "replace").strip()
            self.faulty.commands.append(command)
            if not self.obey(command):
                return None
        return None

    def obey(self, command: str) -> bool:
        """Answer one command. False ends the connection."""
        verb = command.upper()
        if verb.startswith("EHLO"):
            self.say("250-faulty")
            self.say("250 STARTTLS" if self.faulty.context else "250 8BITMIME")
        elif verb == "STARTTLS":
            self.start_tls()
        elif verb.startswith("MAIL FROM:"):
            self.sender, self.recipients = command[10:].split(">")[0].strip("< "), []
            refusals = {"refuse_sender": "553 not you", "too_big_from": "552 message too big"}
            self.say(refusals.get(self.faulty.mode, "250 ok"))
        elif verb.startswith("RCPT TO:"):
            self.take_recipient(command[8:].strip("<> "))
        elif verb == "DATA":
            return self.take_message()
        elif verb == "QUIT":
            return self.say_goodbye()
        else:
            self.say("250 ok")
        return True

    def start_tls(self) -> None:
        assert self.faulty.context is not None
        self.say("220 go ahead")
        self.wfile.flush()
        self.request = self.faulty.context.wrap_socket(self.request, server_side=True)
        self.rfile = self.request.makefile("rb")
        self.wfile = socketserver._SocketWriter(self.request)

    def take_recipient(self, address: str) -> None:
        if self.faulty.mode == "refuse_rcpt":
            self.say("550 no such user")
        elif self.faulty.mode == "temp451":
            self.say("451 try later")
        else:
            if self.faulty.mode == "wait_rcpt":
                self.faulty.go_on.wait()
            self.recipients.append(address)
            self.say("250 ok")

    def take_message(self) -> bool:
        mode = self.faulty.mode
        if mode == "hang_data":
            self.hang()
            return False
        self.say("354 go")
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return False
            lines.append(line[1:] if line.startswith(b"..") else line)
            if mode == "drop_in_data" and len(lines) > 2:
                return False
        refusals = {"perm550": "550 rejected", "temp452": "452 full", "too_big": "552 too big"}
        if mode in refusals:
            self.say(refusals[mode])
            return True
        self.faulty.keep(Kept(b"".join(lines), self.sender, tuple(self.recipients)))
        return self.answer_message(mode)

    def answer_message(self, mode: str) -> bool:
        if self.faulty.seconds_per_mail:
            time.sleep(self.faulty.seconds_per_mail)
        if mode == "hang_dot":
            self.hang()
        if mode == "garbage_answer":
            self.say("\x00\xff nonsense")
        if mode in ("hang_dot", "drop_before_250", "garbage_answer"):
            return False
        self.say("251 forwarded" if mode == "accept_251" else "250 queued")
        if mode == "drop_after_250":
            self.request.shutdown(socket.SHUT_RDWR)
            return False
        return True

    def say_goodbye(self) -> bool:
        if self.faulty.mode == "no_quit":
            self.hang()
        else:
            self.say("221 bye")
        return False
