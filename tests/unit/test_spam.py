"""When the guard asks its question (threat T37)."""

from __future__ import annotations

import pytest

from domain.spam import WORDS, is_right_word, looks_like_a_machine, sign, unsign


def test_somebody_who_takes_the_time_to_write_is_not_asked() -> None:
    assert not looks_like_a_machine(trap="", seconds=3, is_calm=True)


@pytest.mark.parametrize(
    ("trap", "seconds", "is_calm"),
    [("https://spam.example", 60, True), ("", 2.9, True), ("", None, True), ("", 60, False)],
)
def test_each_sign_alone_makes_the_guard_ask(
    trap: str, seconds: float | None, is_calm: bool
) -> None:
    assert looks_like_a_machine(trap=trap, seconds=seconds, is_calm=is_calm)


@pytest.mark.parametrize("answer", ["sommar", "Sommar", "  SOMMAR ", "”sommar”", "sommar."])
def test_the_word_may_be_written_in_any_way(answer: str) -> None:
    assert is_right_word("sommar", answer)


@pytest.mark.parametrize(("word", "answer"), [("sommar", "vinter"), ("sommar", ""), (None, "")])
def test_another_word_is_wrong(word: str | None, answer: str) -> None:
    assert not is_right_word(word, answer)


def test_every_word_is_its_own_right_answer() -> None:
    assert all(is_right_word(word, word.upper()) for word in WORDS)


def test_a_signed_value_comes_back_and_a_changed_one_does_not() -> None:
    signed = sign("key", "shown", "1700000000")

    assert unsign("key", "shown", signed) == "1700000000"
    assert unsign("key", "shown", signed.replace("17", "16")) is None
    assert unsign("key", "word", signed) is None
    assert unsign("other key", "shown", signed) is None
    assert unsign("key", "shown", "") is None
    assert unsign("key", "shown", "å.å") is None
