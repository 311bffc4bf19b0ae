"""Rich text: nothing but the allow-list survives, and plain text comes back as it went in."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.richtext import TAGS, clean_html, html_to_text, is_blank_html, text_to_html

PIECES = st.sampled_from(
    [
        "<div>", "</div>", "<p>", "</p>", "<ul>", "</ul>", "<ol>", "</ol>", "<li>", "</li>",
        "<br>", "<strong>", "</strong>", "<em>", "</em>", "<h1>", "</h1>", "</a>",
        "<a href='https://x.se'>", "<a href='javascript:alert(1)'>", "<blockquote>",
        "</blockquote>", "<script>", "</script>", "<img src=x onerror=alert(1)>", "<svg><p>",
        "<math><mtext>", "<style>", "<!--", "-->", "<table>", "<textarea>", "<noscript>",
        "<template>", "<title>", "&lt;b&gt;", "&amp;lt;", "&nbsp;", "\0", "<", ">", '"',
    ]
)  # fmt: skip
HTML = st.lists(PIECES | st.text(max_size=8), max_size=25).map("".join)


@given(HTML)
def test_cleaning_twice_changes_nothing_more(html: str) -> None:
    once = clean_html(html)
    assert clean_html(once) == once


@given(HTML)
def test_only_allowed_tags_and_attributes_survive(html: str) -> None:
    for tag, attributes in re.findall(r"<\s*/?\s*([a-z0-9]+)([^>]*)>", clean_html(html)):
        assert tag in TAGS
        assert re.fullmatch(
            r'( href="(https?:|mailto:)[^"]*")?( rel="noopener noreferrer")?', attributes
        )


@given(HTML)
def test_every_html_can_be_read_as_text(html: str) -> None:
    text = html_to_text(html)
    assert text == text.strip("\n")
    assert "\0" not in text


SEEN = st.text(st.characters(exclude_categories=["C", "Z"]) | st.sampled_from("\n  <&"))


@given(st.lists(SEEN | st.sampled_from(["  ", "<b>", "&amp;"])).map("".join))
def test_plain_text_comes_back_from_html_as_it_was(text: str) -> None:
    lines = [line.rstrip() for line in text.split("\n")]
    assert html_to_text(text_to_html(text)) == "\n".join(lines).strip("\n")


@given(st.text())
def test_html_made_of_text_is_clean_already(text: str) -> None:
    html = text_to_html(text)
    assert clean_html(html) == html


def test_text_becomes_what_the_editor_writes() -> None:
    assert text_to_html("rad\r\nrad\n\n<3 & så") == "<div>rad<br>rad<br><br>&lt;3 &amp; så</div>"
    assert text_to_html(" \n ") == ""


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<div>Ring <a href='https://x.se/a?b=1&amp;c=2'>här</a>.</div>",
         "Ring här (https://x.se/a?b=1&c=2)."),
        ("<a href='https://x.se/'>https://x.se</a>", "https://x.se"),
        ("<a href='mailto:a@x.se'>a@x.se</a>", "a@x.se"),
        ("<a href='mailto:a@x.se'>skriv</a>", "skriv (a@x.se)"),
        ("<p>ett</p><p>två</p>", "ett\n\ntvå"),
        ("<div>ett</div><div>två</div>", "ett\ntvå"),
        ("<div>a</div><ul><li>b</li><li>c<ul><li>d</li></ul></li></ul><div>e</div>",
         "a\n\n- b\n- c\n  - d\n\ne"),
        ("<ol><li>b<br>c</li><li>d</li></ol>", "1. b\n   c\n2. d"),
        ("<h1>Rubrik</h1><div>text</div>", "Rubrik\n\ntext"),
        ("<blockquote>a<br>b</blockquote>c", "> a\n> b\n\nc"),
        ("<div>  a \n b</div>", "a b"),
        ("<script>alert(1)</script>hej", "hej"),
    ],
)  # fmt: skip
def test_html_reads_well_as_text(html: str, text: str) -> None:
    assert html_to_text(html) == text


@pytest.mark.parametrize(
    "html",
    ["", "<div></div>", "<div><br></div>", "<p>&nbsp;</p>", "<ul></ul>", "\u200b", "<img src=x>"],
)
def test_nothing_to_see_is_blank(html: str) -> None:
    assert is_blank_html(html)


def test_one_sign_is_not_blank() -> None:
    assert not is_blank_html("<div><br>.</div>")


@pytest.mark.parametrize(
    "html",
    [
        "<a href='javascript:alert(1)'>x</a>",
        "<a href='//evil.example/'>x</a>",
        "<a href='/admin'>x</a>",
        "<a href='data:text/html,x'>x</a>",
        "<a href='vbscript:x'>x</a>",
    ],
)
def test_addresses_of_other_kinds_are_taken_out_of_links(html: str) -> None:
    assert "href" not in clean_html(html)
