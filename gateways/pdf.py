"""Making documents in a process of their own: a text that was written by others is laid out where
nothing can be reached, and where it can be killed (gateways/pdf_child.py).
"""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from config import ROOT
from gateways.pdf_wire import receive_answer, send_job

PASSED_ON = (
    "FONTCONFIG_FILE", "FONTCONFIG_PATH", "HOME", "LANG", "LD_LIBRARY_PATH", "PATH", "TMPDIR",
    "XDG_CACHE_HOME",
)  # fmt: skip
"""All that the child learns of our environment: there are secrets in it."""


class PdfError(Exception):
    """It cannot be made. The word says why: for the log, not for people."""


class PangoMissing(PdfError):
    """The system's library that WeasyPrint needs is not installed."""


class TookTooLong(PdfError):
    """It was not finished in time and was given up."""


class Workshop:
    """One child process that makes documents. It starts when it is first needed."""

    def __init__(self, environment: Mapping[str, str] | None = None) -> None:
        self._environment = dict(environment or {})
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._owner = 0

    @property
    def pid(self) -> int | None:
        """The child's process, if it was started and lives."""
        child = self._child
        return child.pid if child is not None and child.poll() is None else None

    def make(self, order: dict[str, Any], files: Iterable[bytes], *, seconds: float) -> bytes:
        """Do one job within `seconds`. Raises PdfError."""
        deadline = time.monotonic() + seconds
        ours, theirs = socket.socketpair()
        with ours:
            with theirs:
                self._hand_over(theirs, seconds)
            answer = _talk(ours, order, files, deadline)
        if not answer and time.monotonic() > deadline - 0.1:
            raise TookTooLong("killed")
        if not answer.startswith(b"+"):
            word = answer[1:].decode(errors="replace") or "died"
            raise PangoMissing(word) if word == "pango" else PdfError(word)
        return answer[1:]

    def start(self) -> None:
        """Start the child if there is none; returns before it is ready."""
        with self._lock:
            self._started()

    def close(self) -> None:
        """End the child."""
        with self._lock:
            if self._control is not None:
                self._control.close()
                self._control = None
            if self._child is not None and self._owner == os.getpid():
                self._child.kill()
                self._child.wait()
            self._child = None

    def _hand_over(self, job: socket.socket, seconds: float) -> None:
        """Give the child its end of the line. A child that died is replaced once."""
        for last in (False, True):
            with self._lock:
                control = self._started()
                try:
                    socket.send_fds(
                        control, [f"{seconds:.3f}".encode()], [job.fileno()], socket.MSG_DONTWAIT
                    )
                    return
                except BlockingIOError:
                    raise TookTooLong("queue") from None
                except OSError as error:
                    if last:
                        raise PdfError(type(error).__name__) from error
            self.close()

    def _started(self) -> socket.socket:
        if self._control is None or self._owner != os.getpid():  # a fork has its parent's child
            self._control, self._child = self._start()
            self._owner = os.getpid()
        return self._control

    def _start(self) -> tuple[socket.socket, subprocess.Popen[bytes]]:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        passed_on = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        with theirs:
            child = subprocess.Popen(  # noqa: S603 - our own program only
                [sys.executable, "-m", "gateways.pdf_child", str(theirs.fileno())],
                cwd=ROOT,
                env={**passed_on, **self._environment},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
                start_new_session=True,
            )
        return ours, child


def _talk(
    line: socket.socket, order: dict[str, Any], files: Iterable[bytes], deadline: float
) -> bytes:
    try:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            line.settimeout(max(deadline - time.monotonic(), 0.001))
            send_job(line, order, _in_time(files, deadline))
        line.settimeout(max(deadline - time.monotonic(), 0.001))
        return receive_answer(line)
    except ConnectionResetError:
        return b""
    except TimeoutError as error:
        raise TookTooLong("waited") from error


def _in_time(files: Iterable[bytes], deadline: float) -> Iterator[bytes]:
    """The files, as long as reading them does not take too long by itself."""
    for raw in files:
        if time.monotonic() > deadline:
            raise TimeoutError
        yield raw


workshop = Workshop()
"""The one of this process."""
