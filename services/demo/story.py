"""What a story of the demo is made of: how a case came in, and what was done about it when.

All times are working days before today, so that the demo is always about the last two months.
Choices are named by their labels, units by their keys, people by their user names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple


class Citizen(NamedTuple):
    """Somebody who told the municipality something. All of it may be empty: anonymous."""

    name: str
    email: str = ""
    address: str = ""
    postal: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Step:
    """One deed: `deed` names a function of services/demo/deeds.py, `who` a user name.

    `after` is how the paragraph of the draft ends below which `text` is written; `instead` is
    what `text` replaces.
    """

    deed: str
    ago: int
    who: str = ""
    values: Mapping[str, Any] | None = None
    template: str = ""
    text: str = ""
    after: str = ""
    instead: str = ""


@dataclass(frozen=True)
class Story:
    """One case, from the public form `form` on. `clock` is the time of day it came in."""

    form: str
    ago: int
    clock: str
    citizen: Citizen
    values: Mapping[str, Any]
    steps: tuple[Step, ...] = ()


def saved(ago: int, who: str, **values: Any) -> Step:
    """Somebody changed fields of the case."""
    return Step("edit", ago, who, values)


def sent(
    ago: int, who: str, template: str, *, after: str = "", instead: str = "", text: str = ""
) -> Step:
    """Somebody sent the mail of an event template, with `text` below `after` or `instead` of it."""
    return Step("send", ago, who, template=template, text=text, after=after, instead=instead)


def lettered(ago: int, who: str, template: str) -> Step:
    """Somebody made the letter of an event template. It is not posted yet."""
    return Step("letter", ago, who, template=template)


def posted(ago: int, who: str) -> Step:
    """Somebody posted the newest letter and marked it so."""
    return Step("post", ago, who)


def noted(ago: int, who: str, template: str, text: str) -> Step:
    """Somebody registered a note, a call or a meeting."""
    return Step("register", ago, who, template=template, text=text)


def replied(ago: int, text: str) -> Step:
    """The citizen wrote on the reply page."""
    return Step("reply", ago, text=text)


def marked_ready(ago: int, who: str) -> Step:
    """An assistant marked the case ready (klarmarkering)."""
    return Step("mark_ready", ago, who)


def published(ago: int, who: str, *, without: str = "") -> Step:
    """Somebody took the name `without` out of the answer, checked the text and published it."""
    return Step("publish", ago, who, instead=without)


def closed(ago: int, who: str, **values: Any) -> Step:
    """Somebody filled in the last fields and closed the case."""
    return Step("close", ago, who, values)
