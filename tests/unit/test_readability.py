"""LIX: counted as the Swedish definition says, silent about short texts."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.readability import lix, readability

EASY = "Vi har läst det du skrev. Det är bra att du hör av dig. Vi ska laga felet nu i maj. Tack."
HARD = (
    "Med anledning av inkommen skrivelse vill vi framhålla följande: "
    "kommunstyrelsens förvaltningsövergripande uppföljning konstaterar sammanfattningsvis "
    "att handläggningstiderna överensstämmer med kommunfullmäktiges målsättningar, varför "
    "ytterligare organisationsförändringar beträffande medborgarinflytande inte aktualiseras."
)


def words(count: int, long: int = 0) -> str:
    return " ".join(["lång" * 2] * long + ["kort"] * (count - long))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (words(20) + ".", 20),
        (words(20, long=5) + ".", 45),
        (f"{words(10)}. {words(10).capitalize()}.", 10),
        (f"{words(10)}\n{words(10)}", 10),
        (f"{words(10)}! {words(5).capitalize()}? {words(5).capitalize()}.", 7),
        (words(19), None),
        ("", None),
    ],
)
def test_words_a_sentence_and_the_share_of_long_words(text, expected):
    assert lix(text) == expected


def test_six_letters_are_short_and_seven_are_long():
    assert lix(" ".join(["sexton"] * 20)) == 20
    assert lix(" ".join(["sjuttio"] * 20)) == 120


@pytest.mark.parametrize("inside", ["t.ex. så", "kl. 10.30 den", "bl.a. vi", "nr 3.5 av"])
def test_an_abbreviation_ends_no_sentence(inside):
    whole = f"{words(18)} {inside} {words(2)}."
    assert lix(whole) >= 20


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (EASY, "LIX %(lix)s – mycket lättläst."),
        (words(20, long=3) + ".", "LIX %(lix)s – lättläst."),
        (words(20, long=4) + ".", "LIX %(lix)s – medelsvår. Sikta på under 40."),
        (words(20, long=6) + ".", "LIX %(lix)s – svår."),
        (HARD, "LIX %(lix)s – mycket svår."),
    ],
)
def test_the_sentence_says_how_hard_it_is(text, sentence):
    found = readability(text)
    assert found is not None
    assert found[0].startswith(sentence)


@given(st.text(max_size=300))
def test_any_text_gives_a_number_or_nothing(text):
    found = lix(text)
    assert found is None or 0 < found <= 400


def test_a_page_of_full_stops_takes_no_time():
    started = time.perf_counter()
    assert lix("." * 200_000) is None
    assert lix(words(30) + "." * 200_000 + "a") is not None
    assert time.perf_counter() - started < 5
