"""What may be done with an event that is there: post, change, remove, void, and why not.

Decision of the project (gap 12 of the manuals): what has not left is removed, what has left is
voided and stays readable, and what the citizen wrote is neither.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from domain.events import PURPOSES
from domain.permissions import Actor, CaseFacts, Permission, can
from domain.text import _
from domain.verdict import YES, Verdict

BY_HAND = ("note", "meeting", "phone_out", "phone_in", "event")
"""Kinds that people write themselves and may go on writing on."""

OUTSIDE = "external"
"""The purpose of documents to somebody else than the submitter."""

_CLOSED = Verdict(False, _("Ärendet är avslutat. Återöppna det först."))
NO_RIGHT = Verdict(False, _("Du har inte behörighet att göra det här."))
"""The refusal that is the person's, not the event's: pages answer it with 403."""


class EventItem(Protocol):
    """What the rules need to know of an event. models.Event has it all."""

    @property
    def kind(self) -> str: ...
    @property
    def purpose(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def created_by_id(self) -> int | None: ...
    @property
    def removed_at(self) -> datetime | None: ...


def is_paper(event: EventItem) -> bool:
    """Letters and other documents: they can be shown, fetched and posted."""
    return event.kind == "document"


def is_unposted(event: EventItem) -> bool:
    return is_paper(event) and event.state == "draft"


def is_to_submitter(event: EventItem) -> bool:
    """Whether the submitter is who gets this document."""
    return is_paper(event) and event.purpose != OUTSIDE


def needs_reason(event: EventItem) -> bool:
    """Whether removing it must be explained: everything but a document that was not posted."""
    return not is_unposted(event)


def may_fetch(event: EventItem, case: CaseFacts, actor: Actor) -> bool:
    """Visa, Hämta PDF, Hämta Word."""
    return is_paper(event) and can(actor, Permission.LETTER_DOWNLOAD, case)


def may_post(event: EventItem, case: CaseFacts, actor: Actor) -> Verdict:
    """Markera som postat: for who may use such a template, and for who wrote it."""
    is_own_reader = _is_own(event, actor) and can(actor, Permission.LETTER_DOWNLOAD, case)
    usual = PURPOSES.get(event.purpose, Permission.EVENT_ANSWER)
    verdict = YES if is_own_reader else _held(actor, usual, case)
    if verdict and not is_unposted(event):
        return _no(event, _("Det här är redan postat."))
    return verdict and _present(event)


def may_edit(event: EventItem, case: CaseFacts, actor: Actor) -> Verdict:
    """Ändra: own letters and notes, or any for who answers for the case. Never what has left."""
    verdict = _mine_or_answered_for(event, case, actor, Permission.EVENT_EDIT)
    if is_paper(event) and not may_fetch(event, case, actor):
        return NO_RIGHT  # the address is a part of what is edited
    if verdict and is_paper(event) and event.state != "draft":
        return _no(event, _("Brevet är postat och går inte att ändra längre."))
    if verdict and not is_paper(event) and not _is_written_by_hand(event):
        return _no(event, _("Det som har skickats eller kommit in går inte att ändra."))
    return verdict and _present(event)


def _answers_for(case: CaseFacts, actor: Actor) -> bool:
    """Who closes a case answers for all that stands in it."""
    return can(actor, Permission.CASE_CLOSE, case)


def may_remove(event: EventItem, case: CaseFacts, actor: Actor) -> Verdict:
    """Ta bort: what has not left. Assistants and registrars remove only their own."""
    verdict = _mine_or_answered_for(event, case, actor, Permission.EVENT_DELETE)
    if verdict and _is_from_citizen(event):
        return Verdict(False, _("Det som synpunktslämnaren har skrivit kan inte tas bort."))
    if verdict and not is_unposted(event) and (is_paper(event) or event.state != "registered"):
        return _no(event, _("Det som har skickats kan inte tas bort. Makulera det i stället."))
    return verdict and _present(event)


def may_void(event: EventItem, case: CaseFacts, actor: Actor) -> Verdict:
    """Makulera: mails that were sent or wait to be, and posted documents.

    Receipts (kvittens) prove that the synpunkt came in, and stay.
    """
    verdict = _mine_or_answered_for(event, case, actor, Permission.EVENT_DELETE)
    mailed = event.kind == "sent_email" and event.state in ("queued", "sent", "failed")
    posted = is_paper(event) and event.state == "sent"
    if verdict and (event.purpose == "receipt" or not (mailed or posted)):
        return _no(event, _("Det här går inte att makulera."))
    return verdict and _present(event)


def _no(event: EventItem, reason: str) -> Verdict:
    if event.state == "voided":
        return Verdict(False, _("Händelsen är redan makulerad."))
    return Verdict(False, reason)


def _present(event: EventItem) -> Verdict:
    if event.removed_at is not None:
        return Verdict(False, _("Händelsen är borttagen av någon annan."))
    return YES


def _mine_or_answered_for(
    event: EventItem, case: CaseFacts, actor: Actor, permission: Permission
) -> Verdict:
    """The rights table's E and U, O: own events for everybody, any for who answers the case."""
    verdict = _held(actor, permission, case)
    if verdict and not (_is_own(event, actor) or _answers_for(case, actor)):
        return NO_RIGHT
    return verdict


def _held(actor: Actor, permission: Permission, case: CaseFacts) -> Verdict:
    if can(actor, permission, case):
        return YES
    return _CLOSED if case.state == "closed" else NO_RIGHT


def _is_own(event: EventItem, actor: Actor) -> bool:
    return event.created_by_id is not None and event.created_by_id == actor.id


def _is_written_by_hand(event: EventItem) -> bool:
    return event.kind in BY_HAND and event.state == "registered"


def _is_from_citizen(event: EventItem) -> bool:
    """Written by the citizen. A reply that staff registered by hand has somebody behind it."""
    return event.kind == "citizen_reply" and event.created_by_id is None
