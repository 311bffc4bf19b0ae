"""What the rights table says, read by an interpreter of its own: it imports nothing of ours.

domain/permissions.py is what is tested, so it may not be asked.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

PARENT = {"K": "", "O1": "K", "U11": "O1", "U12": "O1", "O2": "K", "U21": "O2"}
"""The municipality, its offices and their units, each with the one above it."""


@dataclass(frozen=True)
class Row:
    """One line of table.csv."""

    action: str
    marks: dict[str, str]
    secrecy: str
    is_about_submitter: bool
    states: str


@dataclass(frozen=True)
class Grant:
    """One role at one unit."""

    role: str
    unit: str
    flag: bool = False


@dataclass(frozen=True)
class Subject:
    """Somebody who tries: nobody who is signed in when there are no grants."""

    name: str
    grants: tuple[Grant, ...] = ()
    is_active: bool = True

    @property
    def is_signed_in(self) -> bool:
        return self.is_active and bool(self.grants)


@dataclass(frozen=True)
class CaseFacts:
    """One case of the world."""

    key: str
    unit: str
    responsible: str
    assistants: tuple[str, ...] = ()
    is_secret: bool = False
    is_protected: bool = False
    is_closed: bool = False


def read_table() -> dict[str, Row]:
    """Action → row."""
    text = Path(__file__).with_name("table.csv").read_text(encoding="utf-8")
    roles = ("reader", "assistant", "responsible", "overarching", "registrar", "administrator")
    return {
        line["action"]: Row(
            line["action"],
            {role: line[role] for role in roles},
            line["secrecy"],
            line["protected"] == "yes",
            line["states"],
        )
        for line in csv.DictReader(text.splitlines())
    }


def expect(row: Row, who: Subject, case: CaseFacts, author: str = "") -> bool:
    """Whether `who` may do `row` on `case`. `author` wrote the event that it is about."""
    if not who.is_signed_in or ("c" if case.is_closed else "o") not in row.states:
        return False
    return any(
        _reaches(row.marks[grant.role], grant, who, case, author)
        and _uncovers(row, grant, who, case)
        for grant in who.grants
    )


def _reaches(mark: str, grant: Grant, who: Subject, case: CaseFacts, author: str) -> bool:
    if mark.startswith("E"):  # only what the person wrote, inside the scope that follows
        return author == who.name and _reaches(mark[1:], grant, who, case, author)
    if mark in "UO":
        return _is_below(case.unit, grant.unit)
    if mark == "T":
        return who.name in case.assistants
    return mark in "A*"


def _is_below(unit: str, top: str) -> bool:
    while unit and unit != top:
        unit = PARENT[unit]
    return unit == top


def _uncovers(row: Row, grant: Grant, who: Subject, case: CaseFacts) -> bool:
    is_covered = case.is_secret or (row.is_about_submitter and case.is_protected)
    if not is_covered or row.secrecy == "keep":
        return True
    if grant.role == "reader" or row.secrecy == "none":
        return False
    is_named = who.name == case.responsible or who.name in case.assistants
    return grant.flag or (row.secrecy == "named" and is_named)
