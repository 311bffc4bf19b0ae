"""Events (händelser): their kinds and purposes, and when a template may be used and why not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from domain.layout import EventTemplateItem
from domain.meanings import Meaning
from domain.permissions import Actor, CaseFacts, Permission, can
from domain.text import _
from domain.verdict import YES, Verdict

KINDS: dict[str, str] = {
    "sent_email": _("Skickad e-post"),
    "received_email": _("Mottagen e-post"),
    "document": _("Dokument"),
    "note": _("Anteckning"),
    "meeting": _("Möte"),
    "phone_out": _("Utgående telefon"),
    "phone_in": _("Inkommande telefon"),
    "event": _("Händelse"),
    "citizen_reply": _("Svar från synpunktslämnaren"),
}

PURPOSES: dict[str, Permission] = {
    "confirmation": Permission.EVENT_CONFIRM,
    "answer": Permission.EVENT_ANSWER,
    "answer_phone": Permission.EVENT_ANSWER_PHONE,
    "second_answer": Permission.EVENT_ANSWER_SECOND,
    "refusal": Permission.EVENT_REFUSE,
    "transfer": Permission.EVENT_REFUSE,
    "reminder": Permission.EVENT_REMIND,
    "delay": Permission.EVENT_CONFIRM,
    "external": Permission.EVENT_EXTERNAL,
    "registered_mail": Permission.EVENT_REGISTER_MAIL,
    "note": Permission.EVENT_NOTE,
    "reply": Permission.EVENT_REGISTER_MAIL,
    "other": Permission.EVENT_NOTE,
}
"""What a template is for, and the permission that using it takes."""

NO_CONTACT = (Meaning.CONTACT_NONE, Meaning.CONTACT_ALREADY_ANSWERED)


class EventFacts(CaseFacts, Protocol):
    """A case and what the conditions ask about it (services/correspondence.py builds it)."""

    @property
    def answer(self) -> str: ...
    @property
    def has_submitter_email(self) -> bool: ...
    @property
    def has_submitter_address(self) -> bool: ...
    @property
    def contact_meaning(self) -> str: ...
    @property
    def has_responsible(self) -> bool: ...
    @property
    def delay_explained(self) -> bool: ...
    @property
    def delay_reason_written(self) -> bool: ...


def _answer_written(case: EventFacts) -> Verdict:
    reason = _("Fyll i svaret på fliken först. Det får inte vara tomt när det skickas.")
    return YES if case.answer.strip() else Verdict(False, reason, field="answer")


def _contact_wanted(case: EventFacts) -> Verdict:
    if case.contact_meaning == Meaning.CONTACT_NONE:
        return Verdict(False, _("Synpunktslämnaren vill inte bli kontaktad."))
    return YES


def _has_email(case: EventFacts) -> Verdict:
    reason = _("Synpunktslämnaren har inte lämnat någon e-postadress.")
    return YES if case.has_submitter_email else Verdict(False, reason)


def _has_address(case: EventFacts) -> Verdict:
    if case.has_protected_submitter:
        return Verdict(False, _("Synpunktslämnaren har skyddade personuppgifter."))
    reason = _("Synpunktslämnaren har inte lämnat någon postadress.")
    return YES if case.has_submitter_address else Verdict(False, reason)


def _has_responsible(case: EventFacts) -> Verdict:
    reason = _("Välj en ansvarig för ärendet först.")
    return YES if case.has_responsible else Verdict(False, reason, field="responsible")


def _delay_explained(case: EventFacts) -> Verdict:
    reason = _("Det har gått mer än utlovad tid. Skriv varför svaret är försenat.")
    return YES if case.delay_explained else Verdict(False, reason, field="delay_reason")


def _delay_reason_written(case: EventFacts) -> Verdict:
    reason = _("Fyll i Förklaring försenad återkoppling först.")
    return YES if case.delay_reason_written else Verdict(False, reason, field="delay_reason")


CONDITIONS: dict[str, Callable[[EventFacts], Verdict]] = {
    "answer_written": _answer_written,
    "contact_wanted": _contact_wanted,
    "has_email": _has_email,
    "has_address": _has_address,
    "has_responsible": _has_responsible,
    "delay_explained": _delay_explained,
    "delay_reason_written": _delay_reason_written,
}
"""Names that event_templates.conditions may hold."""


def may_use(template: EventTemplateItem, case: EventFacts, actor: Actor) -> Verdict:
    """Decide for one template on one case. The menu and the service both ask here."""
    permission = PURPOSES[template.purpose]
    if not can(actor, permission, case):
        if case.state == "closed":
            return Verdict(False, _("Ärendet är avslutat. Återöppna det först."))
        return Verdict(False, _("Du har inte behörighet att göra det här."))
    for name in template.conditions:
        verdict = CONDITIONS[name](case)
        if not verdict:
            return verdict
    return YES
