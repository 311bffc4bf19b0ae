"""Titles made from texts."""

from __future__ import annotations

import pytest

from domain.titles import title_from


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Lampan lyser inte", "Lampan lyser inte"),
        ("  Lampan\n\nlyser\tinte  ", "Lampan lyser inte"),
        ("a" * 80, "a" * 80),
        ("a" * 81, "a" * 79 + "…"),
        ("ord " * 30, "ord " * 18 + "ord ord…"),
        ("x" * 78 + ", och mer", "x" * 78 + "…"),
    ],
)
def test_a_title_is_the_first_whole_words_on_one_line(text: str, title: str) -> None:
    assert title_from(text) == title
    assert len(title_from(text)) <= 80
