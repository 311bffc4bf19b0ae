"""Faults of a preset: each names the file, the place in it, what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from domain.errors import DomainError


@dataclass(frozen=True)
class Fault:
    """One fault. `place` is as in "tabs[1].fields[3].label", counted from 1; "" for the file."""

    file: str
    place: str
    sentence: str

    def __str__(self) -> str:
        where = f"{self.file}, {self.place}" if self.place else self.file
        return f"{where}: {self.sentence}"


class PresetFault(DomainError):
    """A preset that cannot be loaded. `faults` has all of them, not only the first."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


@dataclass(frozen=True)
class Place:
    """Where in a preset something stands, and the list that its faults go to."""

    file: str
    path: str = ""
    faults: list[Fault] = field(default_factory=list, compare=False)

    def at(self, key: str) -> Place:
        """The place of `key` in this table."""
        return Place(self.file, f"{self.path}.{key}" if self.path else key, self.faults)

    def row(self, number: int) -> Place:
        """The place of one row of this list, counted from 1."""
        return Place(self.file, f"{self.path}[{number}]", self.faults)

    def fault(self, sentence: str) -> None:
        """Note a fault here."""
        self.faults.append(Fault(self.file, self.path, sentence))

    def need(self, condition: object, sentence: str) -> None:
        """Note a fault here unless `condition` holds."""
        if not condition:
            self.fault(sentence)


def one_of(words: Iterable[str]) -> str:
    """A choice of words in running text: "a, b eller c"."""
    *first, last = words
    return f"{', '.join(first)} eller {last}" if first else last
