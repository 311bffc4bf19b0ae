"""What the page Publicering shows: the original beside the text for the web, and what was found."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from domain import text_diff
from domain.layout import CaseTypeLayout
from domain.permissions import Actor, Permission, can
from domain.personal_data import DataKind, Finding
from domain.publication import (
    STATES,
    Bar,
    PublicText,
    never,
    not_yet,
    to_confirm,
    visible,
)
from domain.richtext import html_to_text
from extensions import db
from models import Case, CaseOriginal, CaseType, Publication
from services.publishing.reading import (
    facts_of,
    findings,
    first_day,
    public_row,
    publication_of,
    text_of,
)

MOST_CHARACTERS = 20_000
"""Of both texts together; larger ones stand as wholes: comparing them would take too long."""

TONES = {
    "": "neutral", "draft": "info", "checked": "warning", "approved": "info",
    "published": "success", "withdrawn": "neutral",
}  # fmt: skip
Lines = list[text_diff.Line]


@dataclass(frozen=True)
class Piece:
    """A piece of text. `tone`: "" for plain, "warning" to look at, "danger" to take away."""

    text: str
    tone: str = ""


class PublishingPage:
    """The page of one case, with the text that was typed or, without one, the kept one."""

    def __init__(
        self,
        case: Case,
        layout: CaseTypeLayout,
        actor: Actor,
        typed: PublicText | None = None,
        *,
        is_conflict: bool = False,
    ) -> None:
        self.case, self.layout, self.actor = case, layout, actor
        self.publication: Publication | None = publication_of(case.id)
        self.text = typed or text_of(case, self.publication)
        self.is_conflict = is_conflict

    @property
    def public_slug(self) -> str:
        """The last part of the address on the web, "" when nothing is there."""
        row = public_row(self.publication) if self.publication else None
        return row.slug if row else ""

    @property
    def state(self) -> str:
        return self.publication.state if self.publication else ""

    @property
    def state_words(self) -> str:
        return STATES[self.state]

    @property
    def tone(self) -> str:
        return TONES[self.state]

    @cached_property
    def never(self) -> list[Bar]:
        """What makes the whole page pointless."""
        return never(facts_of(self.case))

    @cached_property
    def not_yet(self) -> list[Bar]:
        return not_yet(facts_of(self.case))

    @cached_property
    def asks_for_exception(self) -> bool:
        return facts_of(self.case).wants_no_contact

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        return findings(self.case, self.layout, self.text)

    @property
    def to_confirm(self) -> list[Finding]:
        return to_confirm(self.findings)

    @property
    def to_remove(self) -> list[Finding]:
        return [found for found in self.findings if found.kind is DataKind.SUBMITTER]

    @cached_property
    def original(self) -> PublicText:
        """The words as they came in, and the answer of the case."""
        row = db.session.get(CaseOriginal, self.case.id)
        may = row is not None and can(self.actor, Permission.CASE_VIEW_ORIGINAL, self.case)
        title, text = (row.title, row.text) if row and may else (self.case.title, self.case.text)
        return PublicText(title, text, self.case.answer)

    @cached_property
    def differences(self) -> dict[str, Lines]:
        """Field → what differs from the original, line by line."""
        answers = (html_to_text(self.original.answer), html_to_text(self.text.answer))
        return {
            "title": _compare(self.original.title, self.text.title),
            "question": _compare(self.original.question, self.text.question),
            "answer": _compare(*answers),
        }

    @cached_property
    def marked(self) -> dict[str, list[Piece]]:
        """Field → its text in pieces, when something was found in it."""
        names = ("title", "question", "answer")
        pieces = {n: _pieces(t, self.findings) for n, t in zip(names, self.text.plain, strict=True)}
        return {name: found for name, found in pieces.items() if any(p.tone for p in found)}

    @property
    def needs_two(self) -> bool:
        return db.session.get_one(CaseType, self.case.case_type_id).two_eyes

    @property
    def may_approve(self) -> bool:
        """Whether this person can be the second pair of eyes."""
        row = self.publication
        is_waiting = row is not None and row.state == "checked"
        return is_waiting and row is not None and row.checked_by_id != self.actor.id

    @property
    def may_withdraw(self) -> bool:
        is_there = self.state in ("checked", "approved", "published")
        return is_there and can(self.actor, Permission.CASE_UNPUBLISH, self.case)

    @cached_property
    def first_day(self) -> date:
        return first_day(self.case)


def _compare(old: str, new: str) -> Lines:
    old, new = visible(old).replace("\r\n", "\n").strip(), visible(new).strip()
    if len(old) + len(new) > MOST_CHARACTERS:
        texts = (("old", old), ("new", new))
        return [text_diff.Line(kind, (text_diff.Part(text),)) for kind, text in texts if text]
    lines = text_diff.compare(old, new)
    return [line for line in lines if any(part.text.strip() for part in line.parts)]


def _pieces(text: str, found: tuple[Finding, ...]) -> list[Piece]:
    """The text cut at what was found in it."""
    if not found:
        return [Piece(text)]
    tones = {
        item.text: "danger" if item.kind is DataKind.SUBMITTER else "warning" for item in found
    }
    pattern = "|".join(re.escape(word) for word in sorted(tones, key=len, reverse=True))
    return [Piece(part, tones.get(part, "")) for part in re.split(f"({pattern})", text) if part]
