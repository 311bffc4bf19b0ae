"""Secrets of accounts: derived, different for each purpose and person, useless without the key."""

from __future__ import annotations

from base64 import b32decode

from domain.account_secrets import (
    derive_password_token,
    derive_totp_secret,
    hash_recovery_code,
    new_recovery_codes,
)
from domain.secret_links import CODE_ALPHABET, derive_link


def test_a_secret_of_160_bits_comes_back_from_its_nonce() -> None:
    secret = derive_totp_secret("key", 7, "nonce")
    assert len(b32decode(secret)) == 20
    assert secret == derive_totp_secret("key", 7, "nonce")
    others = {
        derive_totp_secret("other", 7, "nonce"),
        derive_totp_secret("key", 8, "nonce"),
        derive_totp_secret("key", 7, "other"),
    }
    assert secret not in others
    assert len(others) == 3


def test_a_nonce_never_gives_the_token_of_another_purpose() -> None:
    token = derive_password_token("key", "nonce")
    assert len(token) == 43
    assert token != derive_link("key", "nonce").token


def test_ten_codes_in_two_groups_of_signs_that_nobody_confuses() -> None:
    codes = new_recovery_codes()
    assert len(set(codes)) == 10
    assert all(len(code) == 11 and code[5] == "-" for code in codes)
    assert set("".join(codes)) <= {*CODE_ALPHABET, "-"}


def test_a_recovery_code_is_the_same_however_it_is_typed_and_belongs_to_one_person() -> None:
    stored = hash_recovery_code("key", 7, "7KQ2M-XR4TB")
    assert stored == hash_recovery_code("key", 7, " 7kq2m xr4tb")
    assert stored != hash_recovery_code("key", 8, "7KQ2M-XR4TB")
    assert stored != hash_recovery_code("other", 7, "7KQ2M-XR4TB")
