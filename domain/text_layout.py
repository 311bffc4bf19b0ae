"""Plain text laid out as HTML: paragraphs, lines, lists and links. Every sign is escaped."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

_ADDRESS = re.compile(r"https?://[^\s<>\"'”»]+", re.IGNORECASE)
_TRAILING = ".,;:!?)]}…"
_BULLET = re.compile(r"^- +(?=\S)")
_NUMBER = re.compile(r"^(\d+)\. +(?=\S)")


def paragraphs(text: str) -> str:
    """Blank lines part paragraphs, and lines inside one are kept."""
    parts = [part.strip("\n") for part in re.split(r"\n[ \t]*(?:\n[ \t]*)+", text.strip("\n"))]
    return "".join(_paragraph(part.split("\n")) for part in parts if part.strip())


def _paragraph(lines: list[str]) -> str:
    """One paragraph; its lines that make a list ("- " or "1. ", "2. " …) become one."""
    html: list[str] = []
    plain: list[str] = []
    number = 0
    while number < len(lines):
        tag, items = _list_at(lines, number)
        if items:
            html += [_lead(plain), f"<{tag}>{''.join(f'<li>{i}</li>' for i in items)}</{tag}>"]
            plain = []
        else:
            plain.append(linked(lines[number]))
        number += len(items) or 1
    return "".join([*html, _lines(plain)])


def _lead(lines: list[str]) -> str:
    """What stands right above a list. One short line that is no sentence is its heading."""
    if len(lines) == 1 and len(lines[0]) <= 60 and not lines[0].endswith((".", ":", ",")):
        return f"<p><strong>{lines[0]}</strong></p>"
    return _lines(lines)


def _lines(lines: list[str]) -> str:
    return f"<p>{'<br>'.join(lines)}</p>" if lines else ""


def _list_at(lines: list[str], start: int) -> tuple[str, list[str]]:
    """("ul" or "ol", items) for the list that begins at line `start`; no items when none does."""
    numbered = _items(lines, start, lambda line, position: _number(line) == str(position))
    if len(numbered) > 1:  # "1. " alone may be the first day of a month
        return "ol", [linked(_NUMBER.sub("", line, count=1)) for line in numbered]
    bullets = _items(lines, start, lambda line, _position: bool(_BULLET.match(line)))
    return "ul", [linked(_BULLET.sub("", line, count=1)) for line in bullets]


def _items(lines: list[str], start: int, belongs: Callable[[str, int], bool]) -> list[str]:
    """The lines from `start` on that belong to a list, given the line and its position from 1."""
    end = start
    while end < len(lines) and belongs(lines[end], end - start + 1):
        end += 1
    return lines[start:end]


def _number(line: str) -> str:
    found = _NUMBER.match(line)
    return found[1] if found else ""


def linked(line: str) -> str:
    """One line, escaped, with bare web addresses as links."""
    html: list[str] = []
    end = 0
    for found in _ADDRESS.finditer(line):
        address = found[0].rstrip(_TRAILING)
        html.append(escape(line[end : found.start()], quote=False))
        html.append(f'<a href="{escape(address)}">{escape(address, quote=False)}</a>')
        end = found.start() + len(address)
    return "".join([*html, escape(line[end:], quote=False)])
