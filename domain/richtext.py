"""Rich text: cleaning HTML by an allow-list, and the ways between HTML and plain text.

The form is that of the editor (Trix): one <div> per paragraph with <br> inside, lists, headings,
quotes. Everything that is stored or sent has been through clean_html().
"""

from __future__ import annotations

import html as html_entities
import re
from html.parser import HTMLParser

import nh3
from markupsafe import Markup

TAGS = {
    "a", "b", "blockquote", "br", "del", "div", "em", "h1", "i", "li", "ol", "p", "strong", "u",
    "ul",
}  # fmt: skip
SCHEMES = {"http", "https", "mailto"}
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_SPACES = re.compile(r"[ \t\n\r\f]+")
_BLOCKS_WITH_ROOM = ("p", "ul", "ol", "blockquote", "h1")


def clean_html(html: str) -> str:
    """`html` with nothing but the allowed tags and links. Cleaning twice changes nothing more."""
    for _round in range(4):
        cleaned = _clean_once(html)
        if cleaned == html:
            break
        html = cleaned
    return html


def _clean_once(html: str) -> str:
    return nh3.clean(
        _UNSTORABLE.sub("", html),
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes=SCHEMES,
        url_relative="deny",
    )


def trusted_html(html: str) -> Markup:
    """`html`, cleaned, as a value that templates and texts put in unescaped."""
    return Markup(clean_html(html))  # noqa: S704 - cleaned in this very line


def is_blank_html(html: str) -> bool:
    """Whether nobody would see anything of it."""
    return not INVISIBLE.sub("", html_to_text(html)).strip()


def text_to_html(text: str) -> str:
    """Plain text as the editor would write it: one <div>, a <br> for every line break."""
    lines = [_line_to_html(line) for line in _lines(text)]
    return f"<div>{'<br>'.join(lines)}</div>" if any(lines) else ""


def _lines(text: str) -> list[str]:
    plain = _UNSTORABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return [line.rstrip() for line in plain.strip("\n").split("\n")]


def _line_to_html(line: str) -> str:
    """HTML swallows spaces at the start of a line and after another: those become hard ones."""
    escaped = html_entities.escape(line.replace("\t", "    "), quote=False)
    hard = re.sub(r"^ | (?= )", "&nbsp;", escaped)
    return hard.replace("\u00a0", "&nbsp;")


def html_to_text(html: str) -> str:
    """The text of `html` for a plain mail: paragraphs, lists, and the addresses behind links."""
    writer = _TextWriter()
    writer.feed(clean_html(html))
    writer.close()
    return writer.text()


class _TextWriter(HTMLParser):
    """Writes clean HTML as lines. `_room` is the number of blank lines owed before more text."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[str] = []
        self._line = ""
        self._room = 0
        self._lists: list[int | None] = []  # the number of the last item; None: bullets
        self._bullet = ""
        self._quotes = 0
        self._link: tuple[str, str] | None = None  # address, and its words so far

    def text(self) -> str:
        self._end_line()
        lines = [line.replace("\u00a0", " ").rstrip() for line in self._lines]
        return "\n".join(lines).strip("\n")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self._end_line(even_empty=True)
        elif tag == "a":
            self._link = (dict(attrs).get("href") or "", "")
        elif tag == "li":
            self._start_item()
        elif tag == "div" or tag in _BLOCKS_WITH_ROOM:
            self._block(tag)
            self._open(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._link:
            self._write_address(*self._link)
            self._link = None
        elif tag == "li":
            self._end_line()
            self._bullet = ""
        elif tag == "div" or tag in _BLOCKS_WITH_ROOM:
            self._close(tag)
            self._block(tag)

    def handle_data(self, data: str) -> None:
        words = _SPACES.sub(" ", data)
        if not self._line or self._line.endswith(" "):
            words = words.removeprefix(" ")
        self._line += words
        if self._link:
            self._link = (self._link[0], self._link[1] + words)

    def _open(self, tag: str) -> None:
        if tag in ("ul", "ol"):
            self._lists.append(0 if tag == "ol" else None)
        self._quotes += tag == "blockquote"

    def _close(self, tag: str) -> None:
        self._end_line()
        if tag in ("ul", "ol") and self._lists:
            self._lists.pop()
        self._quotes -= tag == "blockquote" and self._quotes > 0

    def _block(self, tag: str) -> None:
        """A new block starts on a line of its own; most kinds with a blank line before them."""
        self._end_line()
        if tag in _BLOCKS_WITH_ROOM and not (tag in ("ul", "ol") and self._lists):
            self._room = 1

    def _start_item(self) -> None:
        self._end_line()
        if self._lists and self._lists[-1] is not None:
            self._lists[-1] += 1
            self._bullet = f"{self._lists[-1]}. "
        else:
            self._bullet = "- "

    def _write_address(self, address: str, words: str) -> None:
        target = address.removeprefix("mailto:")
        if words.strip() and target and words.strip().rstrip("/") != target.rstrip("/"):
            self._line = f"{self._line.rstrip()} ({target})"

    def _end_line(self, *, even_empty: bool = False) -> None:
        line = self._line.rstrip(" ")
        self._line = ""
        if not line and not self._bullet.strip() and not even_empty:
            return
        if self._room and self._lines:
            self._lines.append("")
        self._room = 0
        self._lines.append(self._margin() + line)
        self._bullet = " " * len(self._bullet)

    def _margin(self) -> str:
        depth = max(len(self._lists) - 1, 0)
        return "> " * self._quotes + "  " * depth + self._bullet
