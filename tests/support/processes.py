"""Child processes of tests. They end when the test run ends, however it ends."""

from __future__ import annotations

import ctypes
import signal
from collections.abc import Callable

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)


def die_with_parent(deadly: signal.Signals = signal.SIGTERM) -> Callable[[], None]:
    """For Popen(preexec_fn=...): the kernel sends `deadly` when the parent is gone."""

    def ask_kernel() -> None:
        _libc.prctl(PR_SET_PDEATHSIG, int(deadly))

    return ask_kernel
