"""Printing a case: the parts that may go along, the right that each takes, and its files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from domain.fields import DISPLAY_KINDS, Kind
from domain.layout import FieldLayout
from domain.permissions import Actor, CaseFacts, Permission, can
from domain.text import _

P = Permission


class Part(StrEnum):
    """One tick box of *Skriv ut*."""

    TEXT = "text"
    ORIGINAL = "original"
    ANSWER = "answer"
    FACTS = "facts"
    CONTACT = "contact"
    INTERNAL = "internal"
    EVENTS = "events"


class Files(StrEnum):
    """How the files of the case go along."""

    NONE = "none"
    LIST = "list"
    MERGED = "merged"


PART_RIGHTS: dict[Part, Permission] = {
    Part.TEXT: P.CASE_VIEW,
    Part.ORIGINAL: P.CASE_VIEW_ORIGINAL,
    Part.ANSWER: P.CASE_VIEW,
    Part.FACTS: P.CASE_VIEW,
    Part.CONTACT: P.CASE_VIEW_SUBMITTER,
    Part.INTERNAL: P.CASE_VIEW_INTERNAL,
    Part.EVENTS: P.EVENT_VIEW,
}
FILE_RIGHTS: dict[Files, Permission] = {
    Files.NONE: P.CASE_VIEW,
    Files.LIST: P.ATTACHMENT_LIST,
    Files.MERGED: P.ATTACHMENT_DOWNLOAD,
}

PART_LABELS: dict[Part, str] = {
    Part.TEXT: _("Synpunkten"),
    Part.ORIGINAL: _("Originaltexten"),
    Part.ANSWER: _("Svaret"),
    Part.FACTS: _("Uppgifter om ärendet"),
    Part.CONTACT: _("Kontaktuppgifter"),
    Part.INTERNAL: _("Interna anteckningar"),
    Part.EVENTS: _("Korrespondens"),
}
PART_MEANINGS: dict[Part, str] = {
    Part.TEXT: _("Rubriken och synpunkten, som den står i ärendet nu."),
    Part.ORIGINAL: _("Synpunkten exakt som den kom in, innan någon ändrade den."),
    Part.ANSWER: _("Svaret till synpunktslämnaren."),
    Part.FACTS: _("Flikarnas övriga uppgifter, till exempel status, typ, enhet och ansvarig."),
    Part.CONTACT: _(
        "Synpunktslämnarens namn, adress, telefon och e-post. Utan krysset tas de bort överallt "
        "i dokumentet, även i texterna."
    ),
    Part.INTERNAL: _(
        "Fälten för internt bruk, och i korrespondensen även anteckningar, möten och samtal."
    ),
    Part.EVENTS: _("Händelserna, med texten i brev, mejl och svar."),
}
FILE_LABELS: dict[Files, str] = {
    Files.NONE: _("Inga filer"),
    Files.LIST: _("Som en lista över bilagorna"),
    Files.MERGED: _("Hopslagna i samma PDF, efter ärendet"),
}

USUAL = frozenset({Part.TEXT, Part.ANSWER, Part.FACTS})
"""Ticked from the start. Contact data and internal notes never are."""

WORK_NOTES = ("note", "other", "reminder", "external")
"""Purposes of events that are the staff's own business, and go along with internal notes only."""

UNMASKABLE = frozenset({Part.ORIGINAL, Part.INTERNAL, Part.EVENTS})
"""Parts whose words nobody can take out: they do not go along with a masked case."""

WORDS = (Kind.LINE, Kind.AREA, Kind.RICH)
"""Kinds of fields that hold a person's own words, and so may hold what must not go out."""


@dataclass(frozen=True)
class Choices:
    """What was ticked."""

    parts: frozenset[Part] = USUAL
    files: Files = Files.NONE

    def cut(self, case: CaseFacts, actor: Actor) -> Choices:
        """The same without what `actor` may not see, whatever was sent."""
        files = self.files if self.files in offered_files(case, actor) else Files.NONE
        return Choices(self.parts & frozenset(offered_parts(case, actor)), files)

    def maskable(self) -> Choices:
        """The same without what cannot be masked: words that nobody edits, and whole files."""
        files = Files.LIST if self.files is Files.MERGED else self.files
        return Choices(self.parts - UNMASKABLE, files)

    def names(self) -> list[str]:
        """The parts as the change log and the event keep them."""
        return [str(part) for part in Part if part in self.parts]


def chosen(parts: Iterable[str], files: str) -> Choices:
    """Choices from what a browser sent. Unknown words are passed over."""
    known = frozenset(part for part in Part if part in set(parts))
    return Choices(known, Files(files) if files in list(Files) else Files.NONE)


def offered_parts(case: CaseFacts, actor: Actor) -> list[Part]:
    """The parts that `actor` may print of `case`, in order."""
    return [part for part in Part if can(actor, PART_RIGHTS[part], case)]


def offered_files(case: CaseFacts, actor: Actor) -> list[Files]:
    """The ways in which `actor` may take along its files."""
    return [way for way in Files if can(actor, FILE_RIGHTS[way], case)]


def part_of(field: FieldLayout) -> Part | None:
    """The part that a field belongs to. None when it is shown by something else."""
    if field.key in ("text", "answer"):
        return Part(field.key)
    if field.key == "title":
        return Part.TEXT
    if field.kind in (*DISPLAY_KINDS, Kind.FILES):
        return None
    view = field.core.view if field.core else P.CASE_VIEW
    kept = {P.CASE_VIEW_SUBMITTER: Part.CONTACT, P.CASE_VIEW_INTERNAL: Part.INTERNAL}
    return kept.get(view, Part.FACTS)
