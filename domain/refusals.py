"""Why something that came in is not treated as a synpunkt (manual H18, domain notes §7.5)."""

from __future__ import annotations

from domain.text import _

REASON_BLANK = "[skriv skälet här]"
"""Stands in the text where the reason belongs. It may not be sent."""

OTHER_CASE = "repeated"
"""The reason that points to another case, whose number it asks for."""

OWN_REASON = "own"

REASONS: dict[str, str] = {
    "offensive": _("innehållet är kränkande eller hotfullt"),
    "discriminating": _("innehållet är diskriminerande"),
    "unclear": _("vi förstår inte vad synpunkten gäller"),
    "advertising": _("det är reklam eller skräppost"),
    OTHER_CASE: _("samma sak är redan skickad och får svar i nummer %(number)s"),
    "not-ours": _("saken gäller inte kommunens verksamhet"),
}
"""A threat is reported by its own routine; refusing never hides it."""


def reason_in(text: str) -> str:
    """The key of the reason that stands in the text of a refusal; OWN_REASON for another one."""
    for key, sentence in REASONS.items():
        if sentence.partition("%(number)s")[0].strip() in " ".join(text.split()):
            return key
    return OWN_REASON
