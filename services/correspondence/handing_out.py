"""Lämna ut handling (TF 2 kap.): a copy of chosen handlings, tried for secrecy and kept as it was.

Who asks for it may stay unknown (TF 2 kap. 18 §), so the recipient is never required.
"""

from __future__ import annotations

from dataclasses import dataclass

from domain.errors import NotAllowed, RuleBroken
from domain.event_rules import OUTSIDE
from domain.masking import SHORTEST
from domain.permissions import Actor, Permission, can
from domain.text import _
from models import Case, Event, utcnow
from queries.configuration import configuration
from services import audit
from services.documents.case_content import Content
from services.documents.copy_content import Wanted, copy_content
from services.documents.copy_document import HAND_OUT
from services.events import add_event
from services.once import claim_key

TITLE = "Utlämnandekopia"


@dataclass(frozen=True)
class Trial:
    """The trial of secrecy (sekretessprövning): who decided what, and on which ground."""

    decided_by: str
    confirmed: bool = False
    ground: str = ""
    reason: str = ""
    recipient: str = ""


def looked_at(case: Case, wanted: Wanted, actor: Actor) -> Content:
    """The copy as it would be, to look at. Raises NotAllowed, RuleBroken."""
    _check_wanted(case, wanted, actor)
    layout = configuration().case_type(case.case_type_id)
    assert layout is not None
    return copy_content(case, layout, wanted, actor)


def hand_out(case: Case, wanted: Wanted, trial: Trial, *, key: str, actor: Actor) -> Event | None:
    """Make the copy and record it. None when `key` was carried out before.

    Raises NotAllowed, and RuleBroken with the field.
    """
    content = looked_at(case, wanted, actor)
    _check_trial(wanted, trial)
    if not claim_key(key, case.id):
        return None
    event = add_event(
        case,
        kind="document",
        purpose=OUTSIDE,
        state="sent",
        title=TITLE,
        sender=actor.name,
        recipient=trial.recipient.strip(),
        actor=actor,
    )
    event.posted_at = utcnow()
    event.ground = trial.ground
    review = "masked" if wanted.is_masked else "whole"
    told = {
        "parts": content["parts"],
        "events": ", ".join(str(row["number"]) for row in content["events"]),
        "files": ", ".join(row["name"] for row in content["files"]),
        "review": review,
        "ground": trial.ground,
        "reason": trial.reason.strip(),
        "decided_by": trial.decided_by.strip(),
        "recipient": event.recipient,
    }
    event.options = {HAND_OUT: told, "case": content}
    subject = f"event {event.number}"
    audit.record(actor, "case.handed-out", case_id=case.id, subject=subject, new=told)
    return event


def _check_wanted(case: Case, wanted: Wanted, actor: Actor) -> None:
    if not can(actor, Permission.EVENT_EXTERNAL, case):
        raise NotAllowed(_("Du har inte behörighet att lämna ut handlingar ur ärendet."))
    if wanted.is_empty:
        raise RuleBroken(_("Välj minst en handling att lämna ut."), field="parts")
    short = [word for word in wanted.words if len(word.strip()) < SHORTEST]
    if short:
        raise RuleBroken(
            _(
                "Ordet ”%(word)s” är för kort för att maskas säkert. Skriv det tillsammans med "
                "ordet bredvid, så att det blir minst %(least)s tecken."
            ),
            field="words",
            word=short[0],
            least=SHORTEST,
        )


def _check_trial(wanted: Wanted, trial: Trial) -> None:
    if not trial.decided_by.strip():
        raise RuleBroken(_("Fyll i vem som har prövat utlämnandet."), field="decided_by")
    if wanted.is_masked and not trial.ground:
        raise RuleBroken(_("Välj vilken bestämmelse du stöder dig på."), field="ground")
    if not trial.confirmed:
        raise RuleBroken(
            _("Gör en sekretessprövning och kryssa i att den är gjord."), field="reviewed"
        )
