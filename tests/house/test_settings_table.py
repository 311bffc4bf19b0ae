"""README's table of settings and config.py name the same variables."""

from __future__ import annotations

import re

from tests.house.sources import ROOT

NAME = re.compile(r"GENSVAR_[A-Z_]+")


def test_every_setting_has_one_row_in_the_readme():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(GENSVAR_[A-Z_]+)` \|", readme, re.MULTILINE)
    code = set(re.findall(r'"(GENSVAR_[A-Z_]+)"', (ROOT / "config.py").read_text(encoding="utf-8")))
    assert sorted(rows) == sorted(code)


def test_nothing_but_config_reads_the_environment():
    from tests.house.sources import name_of, python_files

    readers = {
        name_of(path)
        for path in python_files()
        if not name_of(path).startswith(("tests/", "gunicorn.conf.py"))
        and re.search(r"\bos\.environ|\bos\.getenv|\benviron\[", path.read_text(encoding="utf-8"))
    }
    # gateways/database.py reads the WSGI environ; gateways/pdf.py lists what its child may know.
    assert readers <= {"config.py", "gateways/database.py", "gateways/pdf.py"}
