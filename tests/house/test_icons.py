"""Every icon that a template asks for is in a sprite: a missing one is a hole without any error."""

from __future__ import annotations

import re

from config import ROOT

LISTS = ("icons.txt", "icons-common.txt")
ASKED = re.compile(
    r"icon\('([\w-]+)'|empty_state\([^}]*, *'([\w-]+)'\)|icon_name='([\w-]+)'"
    r"|use href=\"[^\"]*#([a-z][\w-]*)\""
)


def asked() -> set[tuple[str, str]]:
    """(template, name of an icon) for each one that is named in a template."""
    return {
        (str(file.relative_to(ROOT)), next(filter(None, found.groups())))
        for file in (ROOT / "templates").rglob("*.html")
        for found in ASKED.finditer(file.read_text(encoding="utf-8"))
    }


def test_every_icon_in_a_template_is_in_a_sprite() -> None:
    folder = ROOT / "static" / "vendor"
    known = {word for name in LISTS for word in (folder / name).read_text().split()}
    assert len(asked()) > 50
    assert [(file, name) for file, name in sorted(asked()) if name not in known] == []
