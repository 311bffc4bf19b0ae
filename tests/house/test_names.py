"""Names that would hide something else."""

from __future__ import annotations

import sys

from tests.house.sources import ROOT


def test_no_package_of_ours_hides_the_standard_library():
    ours = {p.parent.name for p in ROOT.glob("*/__init__.py")} | {p.stem for p in ROOT.glob("*.py")}
    assert ours & sys.stdlib_module_names == set()
