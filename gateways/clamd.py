"""Asks ClamAV's daemon about a file, over its own protocol (INSTREAM), in small pieces.

"" means clean, a name means infected. Whatever else happens is ScannerAway: no answer, half an
answer, an answer that cannot be read, or an error. Nothing is ever taken for clean but "OK".
"""

from __future__ import annotations

import contextlib
import re
import socket
import struct
import time
from collections.abc import Iterator
from typing import IO
from urllib.parse import urlsplit

CHUNK = 256 * 1024
CONNECT_SECONDS = 5
SCAN_SECONDS = 60
LONGEST_ANSWER = 4096

_CLEAN = re.compile(rb"stream: OK")
_FOUND = re.compile(rb"stream: ([\x20-\x7e]{1,200}) FOUND")


class ScannerAway(Exception):
    """No verdict. The text is for the log and the change log."""


def scan(url: str, file: IO[bytes], *, seconds: float = SCAN_SECONDS) -> str:
    """The name of what was found in the rest of `file`, "" when nothing was. Raises ScannerAway."""
    with _conversation(url, seconds) as line:
        # A scanner that has seen enough answers and hangs up: what it said counts.
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            line.send(b"zINSTREAM\0")
            while chunk := file.read(CHUNK):
                line.send(struct.pack(">I", len(chunk)) + chunk)
            line.send(struct.pack(">I", 0))
        answer = line.answer()
    if _CLEAN.fullmatch(answer):
        return ""
    found = _FOUND.fullmatch(answer)
    if found is None:
        raise ScannerAway(f"answered {answer[:100]!r}")
    return found[1].decode("ascii")


def ping(url: str) -> None:
    """Raise ScannerAway unless the scanner answers."""
    with _conversation(url, CONNECT_SECONDS) as line:
        line.send(b"zPING\0")
        answer = line.answer()
    if answer != b"PONG":
        raise ScannerAway(f"answered {answer[:100]!r}")


class _Line:
    """A connection with one deadline for everything: a scanner that trickles is away too."""

    def __init__(self, connection: socket.socket, deadline: float) -> None:
        self._connection, self._deadline = connection, deadline

    def send(self, data: bytes) -> None:
        self._connection.settimeout(self._left())
        self._connection.sendall(data)

    def answer(self) -> bytes:
        """What is said up to the NUL that ends it; b"" when the line ends before."""
        said = b""
        while b"\0" not in said and len(said) < LONGEST_ANSWER:
            self._connection.settimeout(self._left())
            part = self._connection.recv(LONGEST_ANSWER)
            if not part:
                return b""
            said += part
        return said.partition(b"\0")[0].strip()

    def _left(self) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("too slow")
        return left


@contextlib.contextmanager
def _conversation(url: str, seconds: float) -> Iterator[_Line]:
    try:
        with _connected(url) as connection:
            yield _Line(connection, time.monotonic() + seconds)
    except OSError as error:
        raise ScannerAway(f"{type(error).__name__}: {error}") from error


def _connected(url: str) -> socket.socket:
    parts = urlsplit(url)
    if parts.scheme == "tcp":
        return socket.create_connection((parts.hostname, parts.port), CONNECT_SECONDS)
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(CONNECT_SECONDS)
    try:
        connection.connect(parts.path)
    except OSError:
        connection.close()
        raise
    return connection
