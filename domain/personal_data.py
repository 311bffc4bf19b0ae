"""Finding personal data in a text that is to be sent or published: numbers, addresses, names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.masking import words_pattern
from domain.text import _


class DataKind(StrEnum):
    """What was found."""

    PERSONAL_NUMBER = "personal_number"
    EMAIL = "email"
    PHONE = "phone"
    STREET = "street"
    PLATE = "plate"
    SUBMITTER = "submitter"


KIND_WORDS = {
    DataKind.PERSONAL_NUMBER: _("personnummer"),
    DataKind.EMAIL: _("e-postadress"),
    DataKind.PHONE: _("telefonnummer"),
    DataKind.STREET: _("gatuadress"),
    DataKind.PLATE: _("registreringsnummer"),
    DataKind.SUBMITTER: _("uppgift om den som lämnade synpunkten"),
}


@dataclass(frozen=True)
class Finding:
    """One piece of personal data, as it stands in the text."""

    kind: DataKind
    text: str


_GAP = r"[ \u00a0]"
_PERSONAL_NUMBER = re.compile(
    rf"(?<![\w+-])(?P<century>1[89]|20)?(?P<year>\d\d)(?P<month>\d\d)(?P<day>\d\d)"
    rf"(?:[-+–]|{_GAP})?(?P<last>\d{{4}})(?![\w-])"
)
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@(?P<domain>[\w-]+(?:\.[\w-]+)+)")
_MOBILE = rf"7\d(?:(?:{_GAP}|[-/.])*\d){{7}}"
_LANDLINE = (
    rf"(?:8|[1-69]\d{{1,2}})\)?(?:{_GAP}?[-/–]{_GAP}?|{_GAP})?"
    rf"\d{{2,4}}(?:{_GAP}?\d{{2,3}}){{1,3}}"
)
_COUNTRY = rf"(?:\+|00){_GAP}?46(?:-|{_GAP})?(?:\(0\){_GAP}?)?"
_PHONE = re.compile(
    rf"(?<![\w+/,-])(?<!\d[.:])(?:{_COUNTRY}|\(?0)(?:{_MOBILE}|{_LANDLINE})(?![\w-]|[.,:]\d)"
)
_STREET = re.compile(
    r"\b(?:[A-ZÅÄÖÉ][a-zåäöé]+[ \u00a0]+){0,2}?"
    r"(?P<name>[A-ZÅÄÖÉ][a-zåäöé]+(?:[ \u00a0]+[a-zåäöé]+)??[ \u00a0]?"
    r"(?:gatan|gata|vägen|väg|gränden|gränd|torget|torg|stigen|stig|allén|allé|backen|liden"
    r"|leden|platsen|plats|plan|esplanaden|kroken|slingan|ringen|stranden|gården|svängen))"
    r"[ \u00a0]+\d{1,3}(?:[ \u00a0]?[A-Z](?![\w])|[a-z](?![\w]))?(?![\w]|[.,:/-]\d)"
)
_ROADS = re.compile(r"(?:riks|läns|europa)väg(?:en)?$", re.IGNORECASE)
_PLATE = re.compile(r"(?<![\w-])([A-HJ-PR-UW-Z]{3})[ \u00a0]?\d\d[0-9A-HJ-NPR-UW-Z](?![\w:-])")
_NO_PLATES = frozenset({"OSL", "SFS", "KPL", "RUM", "SAL", "BUS", "LED"})
"""Short words that stand before numbers: laws, rooms."""


def personal_data(
    text: str,
    *,
    of_submitter: Iterable[str] = (),
    own_domains: Iterable[str] = (),
    known: Iterable[str] = (),
) -> tuple[Finding, ...]:
    """The personal data in a plain text, in the order in which it stands, each once.

    `of_submitter` are names and contact data that count wherever they stand. E-mail addresses of
    `own_domains` and what stands in the `known` texts (the municipality's own telephone, the
    signature of the person who writes) do not count.
    """
    domains = {domain.casefold() for domain in own_domains if domain}
    allowed = {_bare(item.text) for part in known for _at, _to, item in _all(part)}
    found = list(_words(text, of_submitter))
    for start, end, item in _all(text):
        is_known = _bare(item.text) in allowed or _is_own(item, domains)
        if not is_known and not any(start < right and left < end for left, right, _i in found):
            found.append((start, end, item))
    in_order = sorted(found, key=lambda place: place[0])
    return tuple(dict.fromkeys(item for _start, _end, item in in_order))


_Place = tuple[int, int, Finding]
"""Where it begins and ends, and what it is."""


def _words(text: str, words: Iterable[str]) -> Iterator[_Place]:
    pattern = words_pattern(words)
    for match in pattern.finditer(text) if pattern else ():
        yield match.start(), match.end(), Finding(DataKind.SUBMITTER, match.group())


def _all(text: str) -> Iterator[_Place]:
    """Everything that looks like personal data; where two kinds overlap, the first one."""
    taken: list[tuple[int, int]] = []
    for kind, pattern, holds in _FINDERS:
        for match in pattern.finditer(text):
            start, end = match.span()
            if holds(match) and not any(start < right and left < end for left, right in taken):
                taken.append((start, end))
                yield start, end, Finding(kind, match.group().strip())


def _is_personal_number(match: re.Match[str]) -> bool:
    """A day that exists (60 added for coordination numbers) and the right check digit.

    Organisation numbers have a month of 20 or more, so they never hold.
    """
    part = match.group
    day = int(part("day"))
    year = int((part("century") or "20") + part("year"))  # a leap year in 19xx is one in 20xx
    try:
        date(year, int(part("month")), day - 60 if day > 60 else day)
    except ValueError:
        return False
    return passes_luhn(part("year") + part("month") + part("day") + part("last"))


def passes_luhn(digits: str) -> bool:
    """Whether the last of ten digits is the check digit of the others."""
    total = 0
    for place, sign in enumerate(reversed(digits)):
        value = int(sign) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _is_phone(match: re.Match[str]) -> bool:
    """Seven to nine digits after the country or the first zero; no day such as 08-12-2026."""
    text = match.group()
    digits = re.sub(r"\D", "", re.sub(r"^(?:\+|00)[ \u00a0]?46|\(0\)", "", text)).removeprefix("0")
    return 7 <= len(digits) <= 10 and not re.fullmatch(r"0\d[-/. ]\d\d[-/. ](?:19|20)\d\d", text)


def _is_street(match: re.Match[str]) -> bool:
    return not _ROADS.search(match["name"])


def _is_plate(match: re.Match[str]) -> bool:
    return match[1] not in _NO_PLATES


def _always(_match: re.Match[str]) -> bool:
    return True


_Holds = Callable[[re.Match[str]], bool]

_FINDERS: tuple[tuple[DataKind, re.Pattern[str], _Holds], ...] = (
    (DataKind.PERSONAL_NUMBER, _PERSONAL_NUMBER, _is_personal_number),
    (DataKind.EMAIL, _EMAIL, _always),
    (DataKind.PHONE, _PHONE, _is_phone),
    (DataKind.STREET, _STREET, _is_street),
    (DataKind.PLATE, _PLATE, _is_plate),
)


def _is_own(item: Finding, domains: set[str]) -> bool:
    """An address of the municipality's own, also below its domain."""
    if item.kind is not DataKind.EMAIL:
        return False
    domain = item.text.rpartition("@")[2].casefold()
    return any(domain == own or domain.endswith(f".{own}") for own in domains)


def _bare(text: str) -> str:
    """What two spellings of the same thing share: letters and digits."""
    return re.sub(r"[\W_]", "", text).casefold().removeprefix("46").removeprefix("0")
