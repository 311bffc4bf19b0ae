"""Publication on the website: what is never published, what must be done first, when it appears.

Nothing is published by default. What stands in the way is a Bar with a sentence that says what to
do; the page, the deed and the worker ask the same functions.
"""

from __future__ import annotations

import calendar
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

from domain.personal_data import DataKind, Finding
from domain.richtext import INVISIBLE, html_to_text, is_blank_html
from domain.text import _
from domain.working_days import WorkingCalendar

LONGEST_WAIT = 365
LONGEST_SHOWN = 240
"""Days before a case appears, and months until it goes, at most."""

SENSITIVE_UNITS = ("social", "health")
"""Areas of secrecy whose units publish nothing, whatever the case type says. Schools may: what they
hear of meals and buildings is under no secrecy."""

LIVE = ("checked", "approved", "published")
"""States of a publication on its way to the public, or there."""

STATES: dict[str, str] = {
    "": _("Inte påbörjad"),
    "draft": _("Utkast"),
    "checked": _("Väntar på godkännande av en annan person"),
    "approved": _("Klar att publiceras"),
    "published": _("Publicerad"),
    "withdrawn": _("Avpublicerad"),
}

CHECKS: dict[str, str] = {
    "person": _(
        "Det går inte att förstå vem som har skrivit, eller vem texten handlar om. Annars har "
        "jag tagit bort det."
    ),
    "traces": _("Namn, adress, telefon, registreringsnummer och någons arbetsplats är borttagna."),
    "content": _("Innehållet är inte kränkande, diskriminerande eller meningslöst."),
    "sure": _("Jag är säker. Den som är osäker publicerar inte, utan frågar kansliet."),
}
"""The check list (domain notes §7.12): every line is ticked before anything is published."""


@dataclass(frozen=True)
class PublicText:
    """What the public would read. `answer` is HTML; `is_own_answer`: written for publication."""

    title: str
    question: str
    answer: str = ""
    is_own_answer: bool = False

    @property
    def plain(self) -> tuple[str, str, str]:
        """Title, question and answer as plain text, without signs that nobody sees."""
        return visible(self.title), visible(self.question), visible(html_to_text(self.answer))

    @property
    def has_answer(self) -> bool:
        return not is_blank_html(self.answer)


@dataclass(frozen=True)
class Facts:
    """What the rules need to know of a case and its type."""

    type_publishes: bool
    is_sensitive: bool
    is_secret: bool
    is_protected: bool
    is_internal: bool
    is_refused: bool
    is_transferred: bool
    choice_is_no: bool
    is_settled: bool
    wants_no_contact: bool


@dataclass(frozen=True)
class Bar:
    """One thing in the way: its sentence and the field where it can be mended, if one."""

    sentence: str
    field: str = ""


_NEVER: tuple[tuple[str, str], ...] = (
    ("is_secret", _("Ärendet är sekretessmarkerat. Det publiceras aldrig.")),
    (
        "is_protected",
        _("Synpunktslämnaren har skyddade personuppgifter. Ärendet publiceras inte."),
    ),
    (
        "is_sensitive",
        _("Ärendet hör till en verksamhet där sekretess gäller. Det publiceras aldrig."),
    ),
    ("is_internal", _("Interna synpunkter mellan kommunens verksamheter publiceras inte.")),
    ("is_refused", _("Synpunkten är refuserad. Den publiceras inte.")),
    (
        "is_transferred",
        _("Ärendet är överlämnat till någon annan. Det publiceras inte av kommunen."),
    ),
)


def never(facts: Facts) -> list[Bar]:
    """What no text and no wait can mend."""
    bars = [Bar(sentence) for name, sentence in _NEVER if getattr(facts, name)]
    if not facts.type_publishes:
        bars.append(Bar(_("Ärendetypen publiceras inte. En administratör kan ändra det.")))
    return bars


def not_yet(facts: Facts) -> list[Bar]:
    """What somebody must do on the case first."""
    bars = []
    if facts.choice_is_no:
        bars.append(
            Bar(
                _(
                    "I ärendet står att synpunkten inte ska publiceras. Ändra valet under "
                    "Publicering i ärendet först."
                )
            )
        )
    if not facts.is_settled:
        bars.append(Bar(_("Besvara eller avsluta ärendet innan du publicerar.")))
    return bars


def in_text(facts: Facts, text: PublicText) -> list[Bar]:
    """What is wrong with the publishing text itself."""
    bars = []
    title, question, _answer = text.plain
    if not title.strip():
        bars.append(Bar(_("Skriv en rubrik."), "title"))
    if not question.strip():
        bars.append(Bar(_("Skriv synpunkten som den ska läsas på webben."), "question"))
    if facts.wants_no_contact and text.has_answer and not text.is_own_answer:
        bars.append(
            Bar(
                _(
                    "Personen vill inte bli kontaktad. Då publiceras inget svar. Ta bort svaret, "
                    "eller kryssa i att det är skrivet bara för publicering."
                ),
                "answer",
            )
        )
    return bars


def of_submitter(findings: tuple[Finding, ...]) -> list[str]:
    """The submitter's own name and contact data: they stop everything."""
    return [found.text for found in findings if found.kind is DataKind.SUBMITTER]


def to_confirm(findings: tuple[Finding, ...]) -> list[Finding]:
    """What somebody must have looked at, one by one."""
    return [found for found in findings if found.kind is not DataKind.SUBMITTER]


def mark_of(found: Finding) -> str:
    """A finding as one word, under which it is confirmed and kept."""
    return f"{found.kind.value}:{found.text}"


def visible(text: str) -> str:
    """`text` composed, without signs that nobody sees: they would hide a name from the search."""
    return INVISIBLE.sub("", unicodedata.normalize("NFC", text))


def earliest_day(settled_on: date, days: int, calendar_of_work: WorkingCalendar | None) -> date:
    """The first day on which a case may appear: `days` after its answer or end.

    Working days when there is a calendar of them, else calendar days.
    """
    if calendar_of_work is not None:
        return calendar_of_work.add(settled_on, days)
    return settled_on + timedelta(days=days)


def last_day(first: date, months: int) -> date | None:
    """The day on which it goes, the same day `months` later or the last one of that month."""
    if not months:
        return None
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    length = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(first.day, length))
