"""Differences between two texts, as people read them."""

from __future__ import annotations

import time

from domain.text_diff import Line, Part, compare


def test_equal_texts_have_no_differences():
    assert compare("Hej!\nDå.", "Hej!\nDå.") == []


def test_a_changed_word_is_marked_in_both_lines():
    assert compare("Hej!\nRing oss snart.", "Hej!\nSkriv oss snart.") == [
        Line("same", (Part("Hej!"),)),
        Line("old", (Part("Ring", is_changed=True), Part(" oss snart."))),
        Line("new", (Part("Skriv", is_changed=True), Part(" oss snart."))),
    ]


def test_lines_that_came_and_went_stand_as_wholes():
    found = compare("ett\ntvå", "ett\ntre\nfyra\nfem")
    assert [(line.kind, line.parts[0].text) for line in found] == [
        ("same", "ett"), ("old", "två"), ("new", "tre"), ("new", "fyra"), ("new", "fem"),
    ]  # fmt: skip


def test_nothing_of_either_text_is_left_out():
    old, new = "a b  c\n\nd e", "a x  c\nny\n\nd"
    found = compare(old, new)
    for text, kinds in ((old, ("same", "old")), (new, ("same", "new"))):
        lines = ["".join(p.text for p in line.parts) for line in found if line.kind in kinds]
        assert "\n".join(lines) == text


def test_the_longest_texts_are_compared_at_once():
    started = time.perf_counter()
    compare("ord " * 5_000, "andra " * 3_300)
    compare("rad\n" * 5_000, "annan\n" * 3_300)
    assert time.perf_counter() - started < 2
