"""Guesses at passwords and codes: how many in a minute, and the pause that grows with them (T27).

Asked before anything costly is done. It is per account, whether the account exists or not; it
slows down and never locks: the longest pause is 42 seconds.
"""

from __future__ import annotations

from services.rate_limits import allowed, count, forget, forgive, pause, paused, seconds_left

TRIES, SECONDS = 5, 60
MEMORY_SECONDS = 15 * 60
LONGEST_PAUSE = 42


def seconds_to_wait(name: str, subject: str) -> int:
    """Count one try of `subject`. 0: go on; else how many seconds to wait before the next."""
    left = paused(f"{name}-pause", subject)
    if left or allowed(name, subject, TRIES, SECONDS):
        return left
    return max(seconds_left(name, subject, TRIES, SECONDS), 1)


def note_failure(name: str, subject: str) -> None:
    """The try was wrong. From the fifth within a quarter of an hour, each makes the pause grow."""
    failures = count(f"{name}-failures", subject, MEMORY_SECONDS)
    if failures >= TRIES:
        exponent = min(failures - TRIES + 1, LONGEST_PAUSE.bit_length())
        pause(f"{name}-pause", subject, min(2**exponent, LONGEST_PAUSE))


def note_success(name: str, subject: str) -> None:
    """The try was right: it uses up nothing, and what went before is forgotten."""
    forgive(name, subject, TRIES, SECONDS)
    forget(f"{name}-failures", subject)
    forget(f"{name}-pause", subject)
