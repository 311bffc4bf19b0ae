"""The guard against machines that fill in forms. It asks one question; it never swallows a text.

Three signs make it ask: a box was filled that people do not see, the form came back faster than
anybody types, or many forms came from the same network within an hour (threat T37).
"""

from __future__ import annotations

import hmac
import secrets

QUICKEST_SECONDS = 3
CALM_PER_HOUR = 5
"""Forms from one network before the question is asked. A whole town hall may sit behind one."""

MOST_PER_HOUR = 60
"""Forms from one network before it has to wait."""

WORDS = ("sommar", "vinter", "cykel", "skola", "fönster", "lampa", "bibliotek", "torg")


def looks_like_a_machine(*, trap: str, seconds: float | None, is_calm: bool) -> bool:
    """Whether to ask. `seconds` since the form was shown; None when that is not known."""
    return bool(trap.strip()) or seconds is None or seconds < QUICKEST_SECONDS or not is_calm


def new_word() -> str:
    """A word for the question "Skriv ordet …"."""
    return secrets.choice(WORDS)


def is_right_word(word: str | None, answer: str) -> bool:
    """Whether `answer` is `word`; capitals, blanks and quotation marks do not matter."""
    return bool(word) and answer.strip(" .\"'”").casefold() == word


def sign(secret_key: str, purpose: str, value: str) -> str:
    """`value` with a seal, for a hidden field that the browser sends back."""
    return f"{value}.{_seal(secret_key, purpose, value)}"


def unsign(secret_key: str, purpose: str, signed: str) -> str | None:
    """The value of sign(), or None when it was changed or never ours."""
    value, _, seal = signed.rpartition(".")
    genuine = hmac.compare_digest(seal.encode(), _seal(secret_key, purpose, value).encode())
    return value if genuine else None


def _seal(secret_key: str, purpose: str, value: str) -> str:
    message = f"form:{purpose}:{value}".encode()
    return hmac.digest(secret_key.encode(), message, "sha256").hex()[:32]
