"""A setting that cannot be used: every way to start says one sentence and ends with code 2."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.support.programs import GUNICORN, ROOT, environment

PROGRAMS = {
    "gensvar": ["sh", "gensvar", "doctor"],
    "gunicorn": GUNICORN,
    "dev": ["sh", "dev", "run"],
}
WRONG = {
    "GENSVAR_SECRET_KEY": {"GENSVAR_ENV": "production", "GENSVAR_SECRET_KEY": "svag"},
    "GENSVAR_DEBUG": {
        "GENSVAR_ENV": "production",
        "GENSVAR_SECRET_KEY": "k" * 40,
        "GENSVAR_DEBUG": "1",
    },
    "GENSVAR_PORT": {"GENSVAR_PORT": "femtusen"},
}


def run(program: str, environ: dict[str, str], data_dir: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        PROGRAMS[program],
        env=environment(GENSVAR_DATA_DIR=str(data_dir), **environ),
        cwd=ROOT,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=60,
    )


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_value_is_one_sentence_and_code_2(program: str, name: str, tmp_path: Path):
    done = run(program, WRONG[name], tmp_path)
    assert done.returncode == 2, done.stderr
    assert done.stderr.startswith(name)
    assert len(done.stderr.splitlines()) == 1


def test_production_is_not_started_as_a_trial(tmp_path: Path):
    environ = {"GENSVAR_ENV": "production", "GENSVAR_SECRET_KEY": "k" * 40}
    done = run("dev", environ, tmp_path)
    assert done.returncode == 2, done.stderr
    assert "docs/operations.md" in done.stderr
    assert list(tmp_path.iterdir()) == []
