"""The process that makes documents: killed in time, replaced when it dies, without our secrets."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from config import ROOT
from domain.errors import RuleBroken
from gateways.pdf import PdfError, TookTooLong, Workshop
from services.documents import rendering
from services.documents.layout import order_of
from tests.support.client import settle
from tests.support.papers import letter

SLOW = letter(
    is_ours=True, body="<table>" + "<tr><td>x</td><td>y</td><td>z</td></tr>" * 14_000 + "</table>"
)


@pytest.fixture
def workshop() -> Iterator[Workshop]:
    workshop = Workshop()
    yield workshop
    workshop.close()


def make(workshop: Workshop, document=None, seconds: float = 30) -> bytes:
    return workshop.make(order_of([document or letter()])[0], (), seconds=seconds)


def children(pid: int | None) -> list[int]:
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(word) for word in text.split()]


def wait_until(condition) -> None:
    until = time.monotonic() + 30
    while not condition() and time.monotonic() < until:
        time.sleep(0.02)
    assert condition()


def test_what_takes_too_long_is_killed(app: Flask, workshop: Workshop):
    make(workshop)
    began = time.monotonic()
    with pytest.raises(TookTooLong):
        make(workshop, SLOW, seconds=0.7)
    assert time.monotonic() - began < 3
    wait_until(lambda: children(workshop.pid) == [])
    assert make(workshop).startswith(b"%PDF")


def test_nothing_is_left_in_the_temporary_folder(app: Flask, tmp_path: Path):
    (tmp_path / "gensvar-documents-999999999-x").mkdir()  # of one that was killed
    workshop = Workshop({"TMPDIR": str(tmp_path)})
    try:
        make(workshop)
        with pytest.raises(TookTooLong):
            make(workshop, SLOW, seconds=0.7)
        # The folder of the one that was killed goes a moment after the process.
        wait_until(lambda: [len(list(path.iterdir())) for path in tmp_path.iterdir()] == [0])
    finally:
        workshop.close()


def test_a_slow_document_does_not_hold_up_the_next(app: Flask, workshop: Workshop):
    make(workshop)
    slow = threading.Thread(target=lambda: pytest.raises(PdfError, make, workshop, SLOW, 3))
    slow.start()
    assert make(workshop).startswith(b"%PDF")
    assert slow.is_alive()
    slow.join()


def test_a_process_that_died_is_replaced(app: Flask, workshop: Workshop):
    make(workshop)
    dead = workshop.pid
    assert dead is not None
    os.kill(dead, signal.SIGKILL)
    wait_until(lambda: workshop.pid is None)
    assert make(workshop).startswith(b"%PDF")
    assert workshop.pid != dead


def test_it_ends_with_its_parent(tmp_path: Path):
    code = "from gateways.pdf import workshop as w; w.start(); print(w.pid, flush=True); input()"
    parent = subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    assert Path(f"/proc/{pid}").exists()
    parent.kill()
    parent.communicate()
    wait_until(lambda: not Path(f"/proc/{pid}").exists() or is_dead(pid))


def is_dead(pid: int) -> bool:
    """A zombie: whoever took it over has not looked yet."""
    return "\nState:\tZ" in Path(f"/proc/{pid}/status").read_text()


def test_it_knows_no_setting_of_ours(app: Flask, workshop: Workshop, monkeypatch):
    monkeypatch.setenv("GENSVAR_SECRET_KEY", "hemligt")
    make(workshop)
    assert b"GENSVAR" not in Path(f"/proc/{workshop.pid}/environ").read_bytes()


def test_signals_that_the_worker_blocks_are_not_blocked_in_it(app: Flask, workshop: Workshop):
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM, signal.SIGINT])
    try:
        make(workshop)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    status = Path(f"/proc/{workshop.pid}/status").read_text()
    assert "SigBlk:\t0000000000000000" in status


@pytest.mark.parametrize(
    ("attempt", "error"),
    [
        ("bytearray(2 << 30)", "MemoryError"),
        ("__import__('socket').create_connection(('127.0.0.1', 9))", "PermissionError"),
        ("__import__('subprocess').run(['true'])", "PermissionError"),
        ("__import__('os').system('true')", "PermissionError"),
    ],
)
def test_a_child_can_take_neither_memory_nor_the_outside(attempt: str, error: str):
    code = (
        "from gateways.pdf_child import _limit, _refuse_the_outside as refuse\n"
        f"import socket, subprocess\n_limit(5); refuse()\n{attempt}"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert run.stderr.strip().splitlines()[-1].startswith(error)


def test_the_application_starts_without_weasyprint():
    code = (
        "import sys; from app import create_app; from config import load_settings\n"
        "create_app(load_settings({'GENSVAR_ENV': 'test', 'GENSVAR_SECRET_KEY': 'x' * 40}))\n"
        "print({'weasyprint', 'docx', 'pypdf'} & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert run.stdout.strip() == "set()", run.stderr


@pytest.fixture
def without_pango(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine on which importing WeasyPrint ends as it does without Pango."""
    (tmp_path / "weasyprint.py").write_text("raise OSError('cannot load library libpango-1.0-0')")
    workshop = Workshop({"PYTHONPATH": str(tmp_path)})
    monkeypatch.setattr(rendering, "workshop", workshop)
    yield
    workshop.close()


def test_a_missing_pango_is_told_with_the_command_that_installs_it(app: Flask, without_pango: None):
    with pytest.raises(RuleBroken, match="Pango saknas. Kör: apt-get install libpango-1.0-0"):
        rendering.pdf_of(letter())
    assert rendering.word_of(letter()).startswith(b"PK")


def test_doctor_tells_of_a_missing_pango(app: Flask, without_pango: None):
    settle()
    result = app.test_cli_runner().invoke(args=["doctor"])
    assert result.exit_code == 1
    assert "libharfbuzz-subset0" in result.output


def test_a_document_that_cannot_be_made_is_a_sentence(app: Flask, monkeypatch):
    broken = replace(letter(), settings=replace(letter().settings, logo_sha256="0" * 64))
    assert rendering.pdf_of(broken)  # a logo that is gone costs the logo only
