"""`./dev run`: everything at once, and nothing left behind however it ends."""

from __future__ import annotations

import signal
import socket
import subprocess
import urllib.request
from pathlib import Path

import pytest

from tests.support.programs import (
    ROOT,
    answers,
    environment,
    family_of,
    free_port,
    is_alive,
    running,
    wait_until,
)

COMMAND = ["sh", "dev", "run"]


def settings(folder: Path) -> dict[str, str]:
    return {"GENSVAR_DATA_DIR": str(folder / "data"), "GENSVAR_PORT": str(free_port())}


def page(url: str) -> str:
    with urllib.request.urlopen(url, timeout=30) as response:
        return str(response.read().decode())


def test_the_first_start_makes_a_demo_and_says_where_it_is(tmp_path: Path):
    given, log = settings(tmp_path), tmp_path / "log"
    url = f"http://127.0.0.1:{given['GENSVAR_PORT']}"
    with running(COMMAND, given, log):
        wait_until(lambda: "Ctrl-C" in log.read_text(), log)
        assert "/synpunkt/hjo" in page(f"{url}/")
    said = log.read_text()
    assert f"Gensvar körs på {url}" in said
    assert "gensvar-demo-losen" in said
    for username in ("registrator.hjo", "strateg.omsorg", "chef.social", "admin"):
        assert username in said


@pytest.mark.parametrize("deadly", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_no_process_is_left_behind(tmp_path: Path, deadly: signal.Signals):
    given, log = settings(tmp_path), tmp_path / "log"
    url = f"http://127.0.0.1:{given['GENSVAR_PORT']}"
    with running(COMMAND, given, log) as parent:
        wait_until(lambda: answers(url), log)
        family = family_of(parent.pid)
        assert len(family) >= 3  # gunicorn, its process, the worker
        parent.send_signal(deadly)
        wait_until(lambda: not any(is_alive(pid) for pid in family), log)
        parent.wait(30)
    assert not answers(url)


def test_a_taken_port_is_one_sentence(tmp_path: Path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        given = {"GENSVAR_DATA_DIR": str(tmp_path), "GENSVAR_PORT": port}
        done = subprocess.run(
            COMMAND, env=environment(**given), cwd=ROOT, capture_output=True, text=True, timeout=60
        )
    assert done.returncode == 2
    assert done.stderr.startswith(f"Port {port} används redan.")
    assert len(done.stderr.splitlines()) == 1
