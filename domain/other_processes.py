"""What is not a synpunkt: the other processes that a case can be transferred to."""

from __future__ import annotations

from domain.errors import RuleBroken
from domain.layout import CaseTypeLayout
from domain.text import _

LIST_KEY = "other_process"
"""The choice list of a case type that names its processes (Ärendetyper → Vallistor)."""

LONGEST_NAME = 200
LONGEST_REASON = 2000

USUAL: dict[str, str] = {
    _("Felanmälan"): "",
    _("Överklagande"): _("Datumstämpla och lämna vidare samma dag."),
    _("Medborgarförslag"): "",
    _("Avvikelse, lex Sarah eller lex Maria"): "",
    _("Visselblåsning"): _("Skriv inget mer i ärendet. Visselblåsarfunktionen tar över."),
    _("Orosanmälan"): _("Lämna vidare till socialjouren genast."),
    _("Skadeanspråk"): "",
    _("Begäran om allmän handling"): _("Ska prövas skyndsamt."),
    _("Begäran om personuppgifter"): "",
}
"""Name → what to mind, for case types that have no list of their own."""


def processes_of(layout: CaseTypeLayout) -> dict[str, str]:
    """The processes that this case type offers, each with what to mind."""
    own = layout.lists.get(LIST_KEY, ())
    return {item.label: item.instruction for item in own if item.is_active} or dict(USUAL)


def check_transfer(process: str, reason: str) -> tuple[str, str]:
    """The name of the process and the reason, tidied. Raises RuleBroken with the field."""
    process = " ".join(process.replace("\0", " ").split())
    reason = reason.replace("\0", " ").strip()
    if not process:
        raise RuleBroken(_("Välj en process, eller skriv vilken."), field="goes_to")
    if len(process) > LONGEST_NAME:
        raise RuleBroken(
            _("Namnet är för långt. Skriv högst %(limit)s tecken."),
            field="other",
            limit=LONGEST_NAME,
        )
    if not reason:
        raise RuleBroken(_("Skriv varför ärendet överförs."), field="reason")
    if len(reason) > LONGEST_REASON:
        raise RuleBroken(
            _("Texten är för lång. Korta den till högst %(limit)s tecken."),
            field="reason",
            limit=LONGEST_REASON,
        )
    return process, reason
