"""The virus scanner over its socket: a verdict, or no verdict, and nothing in between (T35)."""

from __future__ import annotations

import io
import os
import time
from pathlib import Path

import pytest

from gateways.clamd import ScannerAway, ping, scan
from tests.support.clamd import EICAR, FOUND, Scanner


@pytest.mark.parametrize("size", [0, 1, 3_000_000])
def test_a_clean_file_is_clean_and_was_read_to_its_end(size: int):
    content = os.urandom(size)
    with Scanner() as scanner:
        assert scan(scanner.url, io.BytesIO(content)) == ""
        assert scanner.scanned == [content]


def test_what_is_infected_is_named():
    with Scanner() as scanner:
        assert scan(scanner.url, io.BytesIO(b"x" * 500_000 + EICAR)) == FOUND


def test_a_unix_socket_does_as_well(tmp_path: Path):
    with Scanner(tmp_path / "clamd.ctl") as scanner:
        assert scan(scanner.url, io.BytesIO(EICAR)) == FOUND
        ping(scanner.url)


def test_a_scanner_that_is_not_there_is_away(tmp_path: Path):
    with Scanner() as scanner:
        pass
    for url in (scanner.url, f"unix://{tmp_path}/finns-inte"):
        with pytest.raises(ScannerAway):
            scan(url, io.BytesIO(b"abc"))
        with pytest.raises(ScannerAway):
            ping(url)


@pytest.mark.parametrize("behave", ["hang", "trickle"])
def test_a_scanner_that_never_ends_is_given_up_in_time(behave: str):
    with Scanner(behave=behave) as scanner:
        began = time.monotonic()
        with pytest.raises(ScannerAway):
            scan(scanner.url, io.BytesIO(b"abc"), seconds=0.5)
        assert time.monotonic() - began < 2


@pytest.mark.parametrize(
    "answer",
    [
        b"\0",
        b"OK\0",
        b"stream: OK",
        b"stream: FOUND\0",
        b"stream: OK FOUND me not\0",
        b"stream: NOT OK\0",
        b"stream: \xff\xfe FOUND\0",
        b"INSTREAM size limit exceeded. ERROR\0",
        b"HTTP/1.1 200 OK\r\n\r\nstream: OK\0",
        os.urandom(10_000),
    ],
)
def test_what_is_no_verdict_is_never_taken_for_one(answer: bytes):
    with Scanner(behave=answer) as scanner, pytest.raises(ScannerAway):
        scan(scanner.url, io.BytesIO(b"abc"), seconds=1)


def test_a_scanner_that_hangs_up_is_away():
    with Scanner(behave="hang up") as scanner, pytest.raises(ScannerAway):
        scan(scanner.url, io.BytesIO(bytes(3_000_000)))


def test_a_verdict_that_comes_before_the_end_counts():
    early = f"stream: {FOUND} FOUND\0".encode()
    with Scanner(behave=early) as scanner:
        assert scan(scanner.url, io.BytesIO(bytes(3_000_000))) == FOUND


def test_something_else_than_a_scanner_does_not_pass_for_one():
    with Scanner(behave=b"220 smtp.example.org ESMTP\r\n\0") as server, pytest.raises(ScannerAway):
        ping(server.url)
