"""Small files and small functions, each with its purpose in the first line."""

from __future__ import annotations

import ast

from tests.house.sources import functions, name_of, python_files, tree

MAX_FILE = 300
MAX_FUNCTION = 40


def test_no_file_is_long():
    lengths = {name_of(p): len(p.read_text(encoding="utf-8").splitlines()) for p in python_files()}
    assert {name: n for name, n in lengths.items() if n > MAX_FILE} == {}


def test_no_function_is_long():
    long = [
        f"{name_of(path)}:{function.lineno} {function.name}: {length} lines"
        for path in python_files()
        for function in functions(path)
        if (length := (function.end_lineno or 0) - function.lineno + 1) > MAX_FUNCTION
    ]
    assert long == []


def test_every_file_says_its_purpose_first():
    silent = [
        name_of(path)
        for path in python_files()
        if path.stat().st_size and ast.get_docstring(tree(path)) is None
    ]
    assert silent == []
