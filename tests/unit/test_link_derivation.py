"""Tokens and codes: long enough, derived again, and useless without the key (T38, G15)."""

from __future__ import annotations

from domain.secret_links import (
    CODE_ALPHABET,
    derive_link,
    hash_code,
    hash_token,
    new_nonce,
    tidy_code,
)


def test_a_token_carries_256_bits_and_a_code_ten_signs_that_nobody_confuses() -> None:
    link = derive_link("key", new_nonce())

    assert len(link.token) == 43
    assert len(link.code) == 10
    assert set(link.code) <= set(CODE_ALPHABET)
    assert not set(CODE_ALPHABET) & set("0O1I")
    assert len(CODE_ALPHABET) == 32


def test_the_same_nonce_and_key_give_the_same_link_again() -> None:
    nonce = new_nonce()

    assert derive_link("key", nonce) == derive_link("key", nonce)
    assert derive_link("key", nonce) != derive_link("other", nonce)
    assert derive_link("key", nonce) != derive_link("key", new_nonce())


def test_every_sign_of_a_code_is_as_likely_as_any_other() -> None:
    counts = dict.fromkeys(CODE_ALPHABET, 0)
    for number in range(2_000):
        for sign in derive_link("key", str(number)).code:
            counts[sign] += 1

    assert min(counts.values()) > 500  # 625 expected; five standard deviations
    assert max(counts.values()) < 750


def test_a_code_may_be_typed_in_small_letters_and_groups() -> None:
    assert tidy_code(" abcde-fghjk ") == tidy_code("ABCDE FGHJK") == "ABCDEFGHJK"
    assert hash_code("key", "abcde-fghjk") == hash_code("key", "ABCDEFGHJK")


def test_the_hash_of_a_code_takes_the_key_and_that_of_a_token_does_not() -> None:
    assert hash_code("key", "ABCDEFGHJK") != hash_code("other", "ABCDEFGHJK")
    assert len(hash_token("t")) == len(hash_code("key", "c")) == 64


def test_the_path_is_the_reply_page() -> None:
    link = derive_link("key", "nonce")

    assert link.path == f"/svar/{link.token}"
