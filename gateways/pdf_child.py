"""The process that makes documents: it has WeasyPrint loaded and forks itself for every job.

It knows no database, no settings and no secret, has no network, and kills a child that takes too
long. Started by gateways/pdf.py with `python -m gateways.pdf_child <socket>`; ends with its parent.
"""

from __future__ import annotations

import ctypes
import importlib
import logging
import os
import resource
import select
import shutil
import signal
import socket
import sys
import tempfile
import time
from pathlib import Path

MEGABYTE = 1024 * 1024
MEMORY = 1024 * MEGABYTE
LARGEST_FILE = 200 * MEGABYTE
AT_ONCE = 3
"""How many documents one such process makes at the same time; further jobs wait."""

FOLDER_PREFIX = "gensvar-documents-"
"""WeasyPrint writes fonts to temporary files, and a killed child cannot take them away."""

CLONE_NEWUSER = 0x10000000  # linux/sched.h
CLONE_NEWNET = 0x40000000
FORBIDDEN = (
    "socket.", "urllib.", "http.client", "subprocess.", "os.exec", "os.posix_spawn", "os.spawn",
    "os.system", "ftplib.", "smtplib.",
)  # fmt: skip


def main() -> None:
    """Serve the socket that the parent gave until the parent is gone."""
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with socket.socket(fileno=int(sys.argv[1])) as control:
        _leave_the_network()
        missing = _load()
        with tempfile.TemporaryDirectory(prefix=FOLDER_PREFIX + f"{os.getpid()}-") as folder:
            _sweep(Path(folder).parent)
            serve(control, missing, Path(folder))


def serve(control: socket.socket, missing: str, folder: Path) -> None:
    """Fork a child for each job that arrives, with a folder of its own below `folder`.

    `missing` names a library that is not there.
    """
    running: dict[int, float] = {}
    while True:
        _reap(running, folder)
        if len(running) >= AT_ONCE or not _is_ready(control, 0.02 if running else None):
            time.sleep(0.01 if len(running) >= AT_ONCE else 0)
            continue
        message, handles, _flags, _address = socket.recv_fds(control, 64, 1)
        if not message:
            break
        seconds = float(message)
        with socket.socket(fileno=handles[0]) as job:
            pid = os.fork()
            if pid == 0:
                control.close()
                _be_a_child(job, seconds, missing, folder)
            running[pid] = time.monotonic() + seconds
    for pid in running:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def _load() -> str:
    """Import what every job needs, once. "pango" when the system's library is not installed."""
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL + 1)  # it would quote the letter
    logging.getLogger("fontTools").setLevel(logging.CRITICAL + 1)
    importlib.import_module("gateways.word")
    try:
        importlib.import_module("gateways.pdf_pages")
    except OSError:
        return "pango"
    return ""


def _is_ready(control: socket.socket, seconds: float | None) -> bool:
    return bool(select.select([control], [], [], seconds)[0])


def _reap(running: dict[int, float], folder: Path) -> None:
    """Forget the children that ended, and kill those whose time is over."""
    for pid, deadline in list(running.items()):
        if time.monotonic() > deadline:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        elif not os.waitpid(pid, os.WNOHANG)[0]:
            continue
        del running[pid]
        shutil.rmtree(folder / str(pid), ignore_errors=True)


def _sweep(place: Path) -> None:
    """Remove what processes like this one left behind when they were killed."""
    for left in place.glob(FOLDER_PREFIX + "*"):
        if not Path("/proc", left.name.removeprefix(FOLDER_PREFIX).partition("-")[0]).exists():
            shutil.rmtree(left, ignore_errors=True)


def _be_a_child(job: socket.socket, seconds: float, missing: str, folder: Path) -> None:
    """Do one job and end, whatever happens."""
    try:
        tempfile.tempdir = str(folder / str(os.getpid()))
        os.mkdir(tempfile.tempdir, 0o700)
        _limit(seconds)
        answer = _work(job, missing)
    except MemoryError:
        answer = b"-memory"
    except BaseException as error:  # noqa: BLE001 - the parent is told, nobody else can be
        answer = f"-{type(error).__name__}".encode()
    try:
        job.sendall(answer)
    finally:
        os._exit(0)


def _work(job: socket.socket, missing: str) -> bytes:
    from gateways.pdf_wire import receive_job

    order, files = receive_job(job)
    if _is_gone(job):
        return b"-gone"
    _refuse_the_outside()
    if order["kind"] == "word":
        from gateways.word import make_word

        return b"+" + make_word(order, files)
    if missing:
        return b"-" + missing.encode()
    from gateways.pdf_pages import make_pdf

    return b"+" + make_pdf(order, files)


def _is_gone(job: socket.socket) -> bool:
    """Whether the parent has given up waiting."""
    poll = select.poll()
    poll.register(job, 0)
    return any(event & select.POLLHUP for _handle, event in poll.poll(0))


def _limit(seconds: float) -> None:
    """Hard limits that no document can lift: memory, time of the processor, size of files."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, int(seconds) + 2),
        (resource.RLIMIT_FSIZE, LARGEST_FILE),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(what)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (most, most))


def _leave_the_network() -> None:
    """Move into an empty network of our own, where the kernel lets anybody do that.

    Elsewhere the page's fetcher and the audit hook below must do: nothing asks for the network.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).unshare(CLONE_NEWUSER | CLONE_NEWNET)


def _refuse_the_outside() -> None:
    """No connection and no program from now on. An audit hook cannot be taken away."""

    def refuse(event: str, _arguments: object) -> None:
        if event.startswith(FORBIDDEN):
            raise PermissionError(event)

    sys.addaudithook(refuse)


if __name__ == "__main__":
    main()
