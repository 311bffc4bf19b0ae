"""Child processes that never outlive their parent, and their orderly end."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence

PR_SET_PDEATHSIG = 1  # linux/prctl.h
PATIENCE_SECONDS = 15


def start_child(arguments: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start a program in a session of its own, so that Ctrl-C reaches only the parent.

    When the parent dies, even by SIGKILL, the kernel sends the child SIGTERM.
    """
    return subprocess.Popen(  # noqa: S603 - our own programs only
        list(arguments),
        start_new_session=True,
        preexec_fn=_ask_for_death_signal(os.getpid()) if sys.platform == "linux" else None,
    )


def stop_children(children: Sequence[subprocess.Popen[bytes]]) -> None:
    """Ask all to end, wait, and force who does not."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _ask_for_death_signal(parent: int) -> Callable[[], None]:
    libc = ctypes.CDLL(None)

    def ask() -> None:
        libc.prctl(PR_SET_PDEATHSIG, int(signal.SIGTERM))
        if os.getppid() != parent:  # it died before we could ask
            os._exit(1)

    return ask
