"""Passwords: argon2id with OWASP's parameters, one hash at a time in each process."""

from __future__ import annotations

import re
import unicodedata
from threading import Lock

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import Type

from domain.errors import RuleBroken
from domain.text import _

SHORTEST = 15
LONGEST = 128
COMMON_WORDS = ("gensvar", "lösenord", "losenord", "password")
LEAST_SIGNS = 5
"""Different signs in a password: "aaaaaaaaaaaaaaa" is long and no secret."""

_hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1, type=Type.ID)
_one_at_a_time = Lock()  # hashing is a lever on the processor: never more than one (T27)

NOBODYS_HASH = (
    "$argon2id$v=19$m=19456,t=2,p=1$jMRIFsjAQ3AeuN/XSe6MTA$"
    "1pMib06EEXhY3lK9JpcdACiWzhC657wyW7TK7N2kQw4"
)
"""A hash of random bytes that nobody kept: an unknown name costs the same time as a known one."""


def check_password(password: str, *known: str) -> None:
    """Refuse what is easily guessed: few signs, or little more than a `known` word or two.

    `known` are the person's user name, name and address. Raises RuleBroken. No rules about digits
    and capitals: they make passwords worse.
    """
    _check_length(password)
    rest = _normal(password).casefold()
    known = tuple(text.casefold() for text in known)
    words = {word for text in known for word in (text, *re.split(r"[^\w]+", text))}
    known_words = [word for word in {*words, *COMMON_WORDS} if len(word) > 3]
    for word in sorted(known_words, key=len, reverse=True):
        rest = rest.replace(word, "")
    if len(set(password)) < LEAST_SIGNS or len(rest) < LEAST_SIGNS:
        raise RuleBroken(
            _("Lösenordet är lätt att gissa. Välj en mening som bara du känner till."),
            field="password",
        )


def hash_password(password: str) -> str:
    """The hash to store. Raises RuleBroken when the password is too short or too long."""
    _check_length(password)
    with _one_at_a_time:
        return _hasher.hash(_normal(password))


def verify_password(stored: str, password: str) -> bool:
    """Whether `password` belongs to the hash `stored`. Always one hash, unless it is too long."""
    if len(password) > LONGEST:
        return False
    with _one_at_a_time:
        try:
            return _hasher.verify(stored or NOBODYS_HASH, _normal(password))
        except (VerificationError, InvalidHashError):
            return False


def needs_rehash(stored: str) -> bool:
    """Whether `stored` was made with older parameters."""
    return _hasher.check_needs_rehash(stored)


def _check_length(password: str) -> None:
    if not SHORTEST <= len(password) <= LONGEST:
        raise RuleBroken(
            _("Lösenordet ska ha minst %(shortest)s och högst %(longest)s tecken."),
            field="password",
            shortest=SHORTEST,
            longest=LONGEST,
        )


def _normal(password: str) -> str:
    """One spelling for letters that keyboards send in two (å as one sign or two)."""
    return unicodedata.normalize("NFC", password)
