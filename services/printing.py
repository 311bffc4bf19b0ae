"""*Skriv ut*: what was printed goes to the change log, and a ticket fetches the document itself.

The ticket is the sealed choice of one person for one case. It is good for a while, so that the
document can be asked for again (by GET, which writes nothing) until it is made.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from domain.case_parts import Choices, chosen
from domain.documents import Document
from domain.errors import NotAllowed, RuleBroken
from domain.layout import CaseTypeLayout
from domain.permissions import Actor, Permission, can
from domain.spam import sign, unsign
from domain.text import _
from extensions import current_settings
from models import Case, utcnow
from services import audit
from services.documents.case_document import case_document

GOOD_FOR = timedelta(minutes=15)
WAYS = ("view", "pdf", "word")
"""Visa, Hämta PDF, Hämta Word."""


@dataclass(frozen=True)
class Ticket:
    """What was asked for, and when."""

    choices: Choices
    way: str
    at: datetime


def print_case(case: Case, choices: Choices, *, way: str, actor: Actor) -> str:
    """Record that `actor` prints `case`, and return the ticket for the document.

    Raises NotAllowed, and RuleBroken when nothing is left of what was chosen.
    """
    _check(case, actor)
    allowed = choices.cut(case, actor)
    if not allowed.parts:
        raise RuleBroken(_("Välj minst en del av ärendet att skriva ut."), field="parts")
    printed = {"parts": allowed.names(), "files": str(allowed.files), "as": way}
    audit.record(actor, "case.printed", case_id=case.id, new=printed)
    return sealed(case, actor, Ticket(allowed, way, utcnow()))


def read_ticket(sealed: str, case: Case, actor: Actor) -> Ticket | None:
    """What the ticket says. None when it is not ours, somebody else's, or too old."""
    opened = unsign(current_settings().secret_key, "print", sealed)
    fields = (opened or "").split("_")
    if len(fields) != 6 or fields[:2] != [str(case.id), str(actor.id)]:
        return None
    at = datetime.fromtimestamp(int(fields[2]), UTC)
    if utcnow() - at > GOOD_FOR:
        return None
    return Ticket(chosen(fields[5].split("-"), fields[4]), fields[3], at)


def printed_case(case: Case, layout: CaseTypeLayout, ticket: Ticket, actor: Actor) -> Document:
    """The document of a ticket, by the rights of this moment. Raises NotAllowed."""
    _check(case, actor)
    return case_document(case, layout, ticket.choices, actor, at=ticket.at)


def _check(case: Case, actor: Actor) -> None:
    if not can(actor, Permission.CASE_PRINT, case):
        raise NotAllowed(_("Du har inte behörighet att skriva ut ärendet."))


def sealed(case: Case, actor: Actor, ticket: Ticket) -> str:
    """The ticket as it stands in an address: for this person and this case."""
    parts = "-".join(ticket.choices.names())
    at = str(int(ticket.at.timestamp()))
    fields = (str(case.id), str(actor.id), at, ticket.way, str(ticket.choices.files), parts)
    return sign(current_settings().secret_key, "print", "_".join(fields))
