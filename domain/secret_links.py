"""The citizen's secret link and code: derived from a nonce and the installation's secret key.

The database holds the nonce and hashes only, so a stolen copy opens nothing; the application can
still put the same link into later mails (threats T38, G15).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass

CODE_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""32 signs, none of which is taken for another (no 0, O, 1, I)."""

CODE_LENGTH = 10
"""50 bits: enough where guesses are limited to a few an hour."""


@dataclass(frozen=True)
class IssuedLink:
    """The secrets themselves. Never stored, never logged."""

    token: str
    code: str

    @property
    def path(self) -> str:
        """Address of the reply page below the site's base address."""
        return f"/svar/{self.token}"


def new_nonce() -> str:
    """256 random bits."""
    return secrets.token_urlsafe(32)


def derive_link(secret_key: str, nonce: str) -> IssuedLink:
    """Token (256 bits, 43 characters) and code (10 signs) that belong to `nonce`."""
    token = urlsafe_b64encode(_mac(secret_key, "link", nonce)).decode().rstrip("=")
    number = int.from_bytes(_mac(secret_key, "code", nonce))
    signs = []
    for _position in range(CODE_LENGTH):
        number, index = divmod(number, len(CODE_ALPHABET))
        signs.append(CODE_ALPHABET[index])
    return IssuedLink(token, "".join(signs))


def hash_token(token: str) -> str:
    """What is stored of a token. Without a key: 256 bits cannot be guessed."""
    return hashlib.sha256(token.encode()).hexdigest()


def hash_code(secret_key: str, code: str) -> str:
    """What is stored of a code. With the key: 50 bits could be tried through otherwise."""
    return _mac(secret_key, "code-hash", tidy_code(code)).hex()


def tidy_code(typed: str) -> str:
    """A code as it was meant: people type small letters, spaces and hyphens."""
    return "".join(typed.split()).replace("-", "").upper()


def _mac(secret_key: str, purpose: str, value: str) -> bytes:
    return hmac.digest(secret_key.encode(), f"{purpose}:{value}".encode(), "sha256")
