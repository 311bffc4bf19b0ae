"""A virus scanner that speaks clamd's protocol on a real socket, and behaves as badly as told."""

from __future__ import annotations

import socket
import struct
import threading
import time
from dataclasses import replace
from pathlib import Path
from types import TracebackType

import pytest
from flask import Flask

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
FOUND = "Eicar-Test-Signature"


def use_scanner(app: Flask, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    """Let the settings name this scanner, "" for none, until the test ends."""
    monkeypatch.setitem(app.extensions, "gensvar", replace(app.extensions["gensvar"], clamd=url))


class Scanner:
    """Answers INSTREAM and PING until the block ends. `behave`: honest, hang, trickle, hang up,
    or the bytes to answer whatever is asked.
    """

    def __init__(self, path: Path | None = None, behave: str | bytes = "honest") -> None:
        self.behave = behave
        self.scanned: list[bytes] = []
        if path is None:
            self._server = socket.create_server(("127.0.0.1", 0))
            self.url = f"tcp://127.0.0.1:{self._server.getsockname()[1]}"
        else:
            self._server = socket.socket(socket.AF_UNIX)
            self._server.bind(str(path))
            self._server.listen()
            self.url = f"unix://{path}"
        self._server.settimeout(0.1)
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> Scanner:
        self._thread.start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """Be away from now on: connections are refused."""
        self._ended.set()
        self._server.close()
        self._thread.join(5)

    def _serve(self) -> None:
        while not self._ended.is_set():
            try:
                connection, _address = self._server.accept()
            except TimeoutError:
                continue
            except OSError:
                return
            with connection:
                connection.settimeout(5)
                self._answer(connection)

    def _answer(self, connection: socket.socket) -> None:
        try:
            if self.behave == "hang up":
                return
            command = _until_nul(connection)
            if self.behave == "hang":
                self._ended.wait(5)
            elif self.behave == "trickle":
                self._trickle(connection)
            elif isinstance(self.behave, bytes):
                connection.sendall(self.behave)
                self._drain(connection)
            elif command == b"zPING":
                connection.sendall(b"PONG\0")
            elif command == b"zINSTREAM":
                self._verdict(connection)
        except OSError:
            return

    def _verdict(self, connection: socket.socket) -> None:
        content = b""
        while length := struct.unpack(">I", _exactly(connection, 4))[0]:
            content += _exactly(connection, length)
        self.scanned.append(content)
        is_bad = EICAR in content
        connection.sendall(f"stream: {FOUND} FOUND\0".encode() if is_bad else b"stream: OK\0")

    def _trickle(self, connection: socket.socket) -> None:
        """One byte at a time, for ever: every silence is short, the whole never ends."""
        while not self._ended.is_set():
            connection.sendall(b"s")
            time.sleep(0.05)

    def _drain(self, connection: socket.socket) -> None:
        while connection.recv(65536):
            pass


def _until_nul(connection: socket.socket) -> bytes:
    said = b""
    while not said.endswith(b"\0"):
        part = connection.recv(1)
        if not part:
            raise OSError("hung up")
        said += part
    return said[:-1]


def _exactly(connection: socket.socket, length: int) -> bytes:
    said = b""
    while len(said) < length:
        part = connection.recv(length - len(said))
        if not part:
            raise OSError("hung up")
        said += part
    return said
