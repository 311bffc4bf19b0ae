"""Our own programs as real processes: their environment, their children, their end."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.processes import die_with_parent

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
GUNICORN = [str(BIN / "gunicorn"), "app:create_app()"]
PATIENCE_SECONDS = 60


def environment(**settings: str) -> dict[str, str]:
    """The machine's environment with these GENSVAR_... settings and no others."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("GENSVAR_", "FLASK_"))}
    return {**inherited, **settings}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(
    command: list[str], settings: dict[str, str], log: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """A program in a process group of its own. What is left of the group at the end is killed."""
    with log.open("ab") as output:
        process = subprocess.Popen(
            command,
            env=environment(**settings),
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            preexec_fn=die_with_parent(),
        )
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(PATIENCE_SECONDS)


def wait_until(what: Callable[[], bool], log: Path | None = None) -> None:
    """Return when `what` is true. The patience is for a machine that is busy, not a measurement."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not what():
        assert time.monotonic() < deadline, log.read_text(errors="replace") if log else "too late"
        time.sleep(0.02)


def answers(url: str) -> bool:
    """Whether /healthz of the site at `url` says that it is well."""
    try:
        with urllib.request.urlopen(f"{url}/healthz", timeout=5) as response:
            return response.status == 200
    except OSError:
        return False


def children_of(pid: int) -> list[int]:
    """The living children of a process."""
    path = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in path.read_text().split()] if path.exists() else []


def family_of(pid: int) -> list[int]:
    """The living descendants of a process."""
    found = children_of(pid)
    return found + [grandchild for child in found for grandchild in family_of(child)]


def is_alive(pid: int) -> bool:
    """False for a process that ended, also while nobody has asked for its exit code (a zombie)."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in ("Z", "X")
