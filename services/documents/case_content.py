"""What stands in a printed case: plain values, chosen part by part, that can be kept as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from domain.case_parts import WORDS, Choices, Files, Part, part_of
from domain.clock import local_date
from domain.dates import long_date
from domain.fields import Kind
from domain.layout import CaseTypeLayout, FieldLayout
from domain.permissions import Actor
from domain.richtext import html_to_text, text_to_html
from models import Case
from queries.case_document import original_text
from queries.configuration import board_of, configuration
from queries.secrecy import standing_mark
from services.cases import may_view_field
from services.cases.values import display_value, read_value
from services.contact_mask import as_it_is, without_contact
from services.documents.case_lists import Mask, events_on_paper, files_on_paper, moment

Content = dict[str, Any]
Fact = tuple[str, str]

LEFT_OUT = "[utelämnat efter sekretessprövning]"
"""Stands where a masked text is empty."""


def case_content(
    case: Case,
    layout: CaseTypeLayout,
    choices: Choices,
    actor: Actor,
    masked: Mapping[str, str] | None = None,
) -> Content:
    """The chosen parts of `case`, cut to what `actor` may see, whatever was asked for.

    `masked` has the texts that stand in the place of the stored ones, by field key.
    """
    choices = choices.cut(case, actor)
    if masked is not None:
        choices = choices.maskable()
    mask = _mask(case, choices)
    facts = _Facts(case, layout, actor, mask, masked)
    wanted = choices.parts
    return {
        "number": case.id,
        "type": layout.name,
        "received": long_date(case.received_on),
        "banner": secrecy_banner(case),
        "is_masked": masked is not None,
        "title": facts.words("title") if Part.TEXT in wanted else "",
        "text": facts.words("text") if Part.TEXT in wanted else "",
        "text_label": _label(layout, "text"),
        "original": mask(original_text(case.id)) if Part.ORIGINAL in wanted else "",
        "answer": facts.answer() if Part.ANSWER in wanted else "",
        "answer_label": _label(layout, "answer"),
        "sections": facts.sections() if Part.FACTS in wanted else [],
        "contact": facts.of_part(Part.CONTACT) if Part.CONTACT in wanted else [],
        "internal": facts.of_part(Part.INTERNAL) if Part.INTERNAL in wanted else [],
        "events": events_on_paper(case.id, wanted, mask) if Part.EVENTS in wanted else [],
        "files": files_on_paper(case.id, choices.files, mask),
        "files_follow": choices.files is Files.MERGED,
        "parts": choices.names(),
    }


def secrecy_banner(case: Case) -> str:
    """What stands on page 1 of a case under secrecy (OSL 5:5): ground, day, board."""
    if not case.is_secret:
        return ""
    mark = standing_mark(case.id, "case")
    ground = mark.ground.label if mark and mark.ground else ""
    day = local_date(mark.set_at) if mark else case.received_on
    board = board_of(configuration(), case.unit_id)
    words = (f"SEKRETESSMARKERING {ground}".strip(), day.isoformat(), board)
    stamp = " · ".join(word for word in words if word)
    return f"{stamp}. Gör en sekretessprövning innan något lämnas ut."


def words_of(
    case: Case, layout: CaseTypeLayout, choices: Choices, actor: Actor
) -> list[tuple[str, str, str]]:
    """(field key, label, text) of every field of the chosen parts that holds somebody's words.

    These are what a person edits who lets a case go out masked. What choices leave out is masked
    in them already.
    """
    facts = _Facts(case, layout, actor, _mask(case, choices.cut(case, actor)), None)
    parts = (Part.TEXT, Part.ANSWER, Part.FACTS)
    fields = [f for f in facts.fields if f.kind in WORDS and part_of(f) in parts]
    found = [(f.key, f.label, facts.words(f.key)) for f in fields]
    if "title" not in layout.fields:
        found.insert(0, ("title", "Rubrik", facts.words("title")))
    return [row for row in found if row[2].strip()]


class _Facts:
    """The fields of a case that its reader may see, as pairs of label and text."""

    def __init__(
        self,
        case: Case,
        layout: CaseTypeLayout,
        actor: Actor,
        mask: Mask,
        masked: Mapping[str, str] | None,
    ) -> None:
        self.case, self.layout, self.mask, self.masked = case, layout, mask, masked
        roles = frozenset(str(role) for role in actor.roles)
        self.tabs = layout.tabs_for(roles)
        tabs = [field for tab in self.tabs for field in tab.fields]
        self.fields = [field for field in tabs if may_view_field(field, case, actor)]

    def words(self, key: str) -> str:
        """The text of a field of words: the masked one where there is one."""
        stored = self._stored_words(key)
        if self.masked is None or self._is_contact(key):
            return self.mask(stored)
        if not stored.strip():
            return ""
        return self.mask(self.masked.get(key, "").strip()) or LEFT_OUT

    def answer(self) -> str:
        """The answer as HTML."""
        if self.masked is None:
            return self.mask(self.case.answer)
        return text_to_html(self.words("answer"))

    def sections(self) -> list[tuple[str, list[Fact]]]:
        """(tab, its facts) of every tab that has some."""
        found = [
            (tab.label, self._pairs([f for f in tab.fields if part_of(f) is Part.FACTS]))
            for tab in self.tabs
        ]
        return [("Ärendet", self._general()), *[(label, facts) for label, facts in found if facts]]

    def of_part(self, part: Part) -> list[Fact]:
        """The facts of one part, over all tabs."""
        return self._pairs([f for f in self.fields if part_of(f) is part])

    def _pairs(self, fields: list[FieldLayout]) -> list[Fact]:
        shown = {field.key for field in self.fields}
        pairs = [(f.label, self._text(f)) for f in fields if f.key in shown]
        return [(label, text) for label, text in pairs if text]

    def _general(self) -> list[Fact]:
        case = self.case
        pairs = (
            ("Ärende-ID", str(case.id)),
            ("Ärendetyp", self.layout.name),
            ("Registrerat", moment(case.registered_at)),
            ("Svara senast", long_date(case.answer_by)),
            ("Bekräftades", long_date(case.acknowledged_on)),
            ("Avslutat", long_date(case.closed_at)),
        )
        return [pair for pair in pairs if pair[1]]

    def _text(self, field: FieldLayout) -> str:
        if field.kind in WORDS:
            return self.words(field.key)
        value = read_value(self.case, field)
        if field.kind is Kind.CHECK:
            return "Ja" if value else "Nej"
        shown = display_value(self.layout, field, value)
        return long_date(shown) if isinstance(shown, date) else self.mask(str(shown))

    def _is_contact(self, key: str) -> bool:
        """Contact data has a tick of its own; it goes along as it is, or not at all."""
        field = self.layout.fields.get(key)
        return field is not None and part_of(field) is Part.CONTACT

    def _stored_words(self, key: str) -> str:
        if key == "title":
            return self.case.title
        field = self.layout.fields.get(key)
        value = str(read_value(self.case, field) or "") if field else ""
        return html_to_text(value) if field and field.kind is Kind.RICH else value


def _mask(case: Case, choices: Choices) -> Mask:
    """Without contact data, none of it is left in any text either."""
    return as_it_is if Part.CONTACT in choices.parts else without_contact(case)


def _label(layout: CaseTypeLayout, key: str) -> str:
    field = layout.fields.get(key)
    return field.label if field else ""
