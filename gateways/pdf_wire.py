"""What parent and child say to each other: an order in JSON, then files, each behind its length.

The answer is b"+" and the document, or b"-" and a word. Never a pickle: the child has read what
strangers wrote, and what it says is only data.
"""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Iterable
from typing import Any

LENGTH = struct.Struct("!Q")
CHUNK = 256 * 1024


def send_job(connection: socket.socket, order: dict[str, Any], files: Iterable[bytes]) -> None:
    """Send one job and say that there is no more."""
    for raw in (json.dumps(order).encode(), *files):
        connection.sendall(LENGTH.pack(len(raw)))
        connection.sendall(raw)
    connection.shutdown(socket.SHUT_WR)


def receive_job(connection: socket.socket) -> tuple[dict[str, Any], list[bytes]]:
    """The order and its files. Raises EOFError when the other side broke off."""
    frames = []
    while head := _receive(connection, LENGTH.size):
        frames.append(_receive(connection, LENGTH.unpack(head)[0], all_of_it=True))
    if not frames:
        raise EOFError
    return json.loads(frames[0]), frames[1:]


def receive_answer(connection: socket.socket) -> bytes:
    """All that comes until the other side ends."""
    chunks = []
    while chunk := connection.recv(CHUNK):
        chunks.append(chunk)
    return b"".join(chunks)


def _receive(connection: socket.socket, size: int, *, all_of_it: bool = False) -> bytes:
    found = bytearray()
    while len(found) < size and (chunk := connection.recv(min(CHUNK, size - len(found)))):
        found += chunk
    if len(found) < size and (found or all_of_it):
        raise EOFError
    return bytes(found)
