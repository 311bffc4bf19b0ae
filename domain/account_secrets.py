"""Secrets of accounts, derived from a nonce and the installation's key; the database has no secret.

The second factor's secret, recovery codes and one-time links: a stolen copy of the database opens
nothing (decisions 0007 and 0011).
"""

from __future__ import annotations

import hmac
import secrets
from base64 import b32encode, urlsafe_b64encode

from domain.secret_links import CODE_ALPHABET, tidy_code

TOTP_BYTES = 20
"""160 bits, as RFC 4226 recommends; 32 signs in base32."""

RECOVERY_CODES = 10
RECOVERY_LENGTH = 10
"""50 bits a code, shown as two groups of five."""


def derive_totp_secret(secret_key: str, user_id: int, nonce: str) -> str:
    """The base32 secret of a person's second factor, for the app and for checking codes."""
    mac = _mac(secret_key, f"totp:{user_id}", nonce)
    return b32encode(mac[:TOTP_BYTES]).decode()


def derive_password_token(secret_key: str, nonce: str) -> str:
    """The token of a one-time link (256 bits, 43 characters) that belongs to `nonce`."""
    return urlsafe_b64encode(_mac(secret_key, "password", nonce)).decode().rstrip("=")


def new_recovery_codes() -> list[str]:
    """Ten codes such as "7KQ2M-XR4TB"."""
    half = RECOVERY_LENGTH // 2
    drawn = [_drawn(RECOVERY_LENGTH) for _number in range(RECOVERY_CODES)]
    return [f"{code[:half]}-{code[half:]}" for code in drawn]


def hash_recovery_code(secret_key: str, user_id: int, typed: str) -> str:
    """What is stored of a recovery code. With the key: 50 bits could be tried through otherwise."""
    return _mac(secret_key, f"recovery:{user_id}", tidy_code(typed)).hex()


def _drawn(length: int) -> str:
    return "".join(secrets.choice(CODE_ALPHABET) for _position in range(length))


def _mac(secret_key: str, purpose: str, value: str) -> bytes:
    return hmac.digest(secret_key.encode(), f"{purpose}:{value}".encode(), "sha256")
