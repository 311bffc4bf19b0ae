"""A private PostgreSQL server on a socket in a temporary folder, from Debian's newest binaries."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import time
from pathlib import Path

import psycopg

from tests.support.fast_files import fast_folder
from tests.support.processes import die_with_parent

INSTALL = "apt-get install -y --no-install-recommends postgresql"
FAST = (
    "fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off",
    "max_wal_size=256MB",
)  # fmt: skip


class NoPostgresql(Exception):
    """PostgreSQL cannot be had here. The message says why and what to install."""


def newest_binaries() -> Path:
    """The folder of Debian's newest server programs."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda p: int(p.parts[-3])
    )
    if not found:
        raise NoPostgresql(f"PostgreSQL's server programs are missing. Install: {INSTALL}")
    return found[-1].parent


class PrivateServer:
    """initdb, start, stop. As root it runs as "nobody": PostgreSQL refuses to run as root."""

    def __init__(self) -> None:
        self._bin = newest_binaries()
        self._folder = fast_folder("pg")
        self._user = "nobody" if os.geteuid() == 0 else None
        if self._user:
            account = pwd.getpwnam(self._user)
            os.chown(self._folder, account.pw_uid, account.pw_gid)
        self._data = self._folder / "data"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"postgresql://gensvar@/postgres?host={self._folder}"

    def start(self) -> None:
        """Return when the server answers."""
        self._run("initdb", "-D", self._data, "-U", "gensvar", "-A", "trust", "-E", "UTF8",
                  "--locale=C.UTF-8", "--no-sync", "--no-instructions")  # fmt: skip
        settings = [*FAST, "listen_addresses=", f"unix_socket_directories={self._folder}"]
        with (self._folder / "log").open("wb") as log:
            self._process = subprocess.Popen(
                [self._bin / "postgres", "-D", self._data, *(f"-c{s}" for s in settings)],
                user=self._user,
                stdout=subprocess.DEVNULL,
                stderr=log,
                preexec_fn=die_with_parent(signal.SIGINT),
                cwd="/",
            )
        self._wait()

    def stop(self) -> None:
        if self._process:
            self._process.send_signal(signal.SIGINT)  # fast shutdown
            self._process.wait(30)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _run(self, program: str, *args: object) -> None:
        done = subprocess.run(
            [self._bin / program, *map(str, args)],
            user=self._user, capture_output=True, text=True, cwd="/",
        )  # fmt: skip
        if done.returncode:
            raise NoPostgresql(f"{program} failed: {done.stderr.strip()}")

    def _wait(self) -> None:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                psycopg.connect(self.url).close()
                return
            except psycopg.OperationalError:
                time.sleep(0.05)
        log = (self._folder / "log").read_text(errors="replace")
        raise NoPostgresql(f"PostgreSQL did not start: {log[-500:]}")
