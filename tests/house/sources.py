"""The Python files and templates that the house laws look at."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = (
    "admin_views", "cli", "domain", "forms", "gateways", "migrations", "models", "public_views",
    "queries", "services", "tests", "translations", "web",
)  # fmt: skip


@cache
def python_files(*packages: str) -> tuple[Path, ...]:
    """Every file of ours, or of some packages. The first migration is generated: not counted."""
    found = [p for name in packages or PACKAGES for p in (ROOT / name).rglob("*.py")]
    if not packages:
        found += ROOT.glob("*.py")
    return tuple(sorted(p for p in found if p.name != "0001_tables.py"))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def templates() -> tuple[Path, ...]:
    return tuple(sorted((ROOT / "templates").rglob("*.*")))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
