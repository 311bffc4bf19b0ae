"""docs/manual-coverage.md lists every row of the manuals, its test and its state, truthfully."""

from __future__ import annotations

import ast
import re

from tests.house.sources import ROOT, functions, python_files, tree

LINE = re.compile(r"^\| ([HS]\d\d) \| (.*?) \| (.*?) \|", re.MULTILINE)
TEST = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
COVERAGE = ROOT / "docs" / "manual-coverage.md"


def coverage() -> list[tuple[str, str, str]]:
    return LINE.findall(COVERAGE.read_text(encoding="utf-8"))


def marked_rows() -> set[str]:
    """Rows named by @pytest.mark.row("H09") anywhere in the tests."""
    return {
        argument.value
        for path in python_files("tests")
        for call in ast.walk(tree(path))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "row"
        for argument in call.args
        if isinstance(argument, ast.Constant)
    }


def test_every_row_of_the_manuals_is_listed_once():
    wanted = [f"H{n:02}" for n in range(1, 30)] + [f"S{n:02}" for n in range(1, 29)]
    assert sorted(row for row, _, _ in coverage()) == sorted(wanted)


def test_every_named_test_exists():
    for row, tests, _state in coverage():
        for path, name in TEST.findall(tests):
            assert (ROOT / path).is_file(), f"{row}: {path} is missing"
            if name:
                assert name in {f.name for f in functions(ROOT / path)}, f"{row}: no {name}"


def test_a_row_that_works_names_a_test():
    nameless = [row for row, tests, state in coverage() if "works" in state and "`" not in tests]
    assert nameless == []


def test_every_marked_row_is_listed():
    assert marked_rows() <= {row for row, _, _ in coverage()}
