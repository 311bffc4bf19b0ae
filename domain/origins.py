"""Origins of web sites (scheme, name, port) that may show a form inside a page of theirs."""

from __future__ import annotations

import re

MOST = 20
"""More would make the header of every embedded page long."""

_NAME = r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]"
_HERE = r"localhost|127\.0\.0\.1"
_ORIGIN = re.compile(rf"(?:https://{_NAME}|https?://(?:{_HERE}))(?::[1-9][0-9]{{0,4}})?")
_LARGEST_PORT = 65_535


def origins_in(text: str) -> list[str]:
    """The origins that `text` names, one a line, in small letters; none of them twice."""
    lines = (line.strip().lower().removesuffix("/") for line in text.splitlines())
    return list(dict.fromkeys(line for line in lines if line))


def is_origin(text: str) -> bool:
    """Whether `text` is https://name[:port], or this very machine (to try it out).

    Nothing else gets into a header: no star, no path, no space, no semicolon.
    """
    if not _ORIGIN.fullmatch(text):
        return False
    port = text.rpartition(":")[2]
    return not port.isdigit() or int(port) <= _LARGEST_PORT
