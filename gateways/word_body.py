"""HTML made plain enough for html4docx: a row of paragraphs, lists, headings and tables.

It puts text that stands between blocks into the block before, so here all text gets a block.
Imported only in the child process (gateways/pdf_child.py).
"""

from __future__ import annotations

from bs4 import BeautifulSoup, Comment, Tag
from bs4.element import NavigableString, PageElement

HOLDERS = {
    "address", "article", "aside", "blockquote", "dd", "div", "dl", "dt", "figure", "footer",
    "header", "main", "p", "section",
}  # fmt: skip
"""Blocks that hold text or other blocks: they are taken apart."""

KEPT = {"h1", "h2", "h3", "h4", "h5", "h6", "ol", "ul", "table", "hr"}
LOADING = {
    "audio", "embed", "iframe", "img", "link", "object", "picture", "script", "source", "style",
    "svg", "template", "video",
}  # fmt: skip
"""html4docx would fetch some of these. Clean HTML has none; here is a second lock."""


def flat_html(html: str) -> str:
    """The same text; a quotation is a paragraph of the class "quote"."""
    soup = BeautifulSoup(html, "html.parser")
    for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    for tag in soup.find_all(LOADING):
        tag.decompose()
    return "".join(str(block) for block in _blocks(soup, soup))


def _blocks(node: Tag, soup: BeautifulSoup, wrap: str = "") -> list[Tag]:
    """What `node` holds as blocks; two line breaks in a row part paragraphs."""
    found: list[Tag] = []
    line: list[PageElement] = []

    def end_paragraph() -> None:
        if any(part.get_text().strip() for part in line):
            found.append(_paragraph(_trimmed(line), soup, wrap))
        line.clear()

    for child in list(node.children):
        name = child.name if isinstance(child, Tag) else ""
        if name in HOLDERS and isinstance(child, Tag):
            end_paragraph()
            found += _blocks(child, soup, {"blockquote": "quote", "dt": "term"}.get(name, wrap))
        elif name in KEPT and isinstance(child, Tag):
            end_paragraph()
            child.name = "h2" if name == "h1" else name
            found.append(child)
        elif name == "br" and line and _is_break(line[-1]):
            end_paragraph()
        else:
            line.append(child)
    end_paragraph()
    return found


def _is_break(part: PageElement) -> bool:
    return isinstance(part, Tag) and part.name == "br"


def _trimmed(line: list[PageElement]) -> list[PageElement]:
    """Without breaks and blanks at either end."""

    def is_empty(part: PageElement) -> bool:
        return _is_break(part) or (isinstance(part, NavigableString) and not part.strip())

    while line and is_empty(line[0]):
        line = line[1:]
    while line and is_empty(line[-1]):
        line = line[:-1]
    return line


def _paragraph(line: list[PageElement], soup: BeautifulSoup, wrap: str) -> Tag:
    paragraph = soup.new_tag("p", attrs={"class": "quote"} if wrap == "quote" else {})
    inner = paragraph
    if wrap == "term":
        inner = soup.new_tag("strong")
        paragraph.append(inner)
    for part in line:
        inner.append(part.extract())
    return paragraph
