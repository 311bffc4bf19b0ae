"""Sekretessbelägg and Häv sekretessmarkering, for a case or for its submitter's contact data.

A mark is a warning, not a decision (OSL 5:5): it names the provision, the day and who set it. What
it hides is hidden by the rules of rights, at once; here only what already left them is called back.
"""

from __future__ import annotations

from sqlalchemy import update

from domain.clock import local_today
from domain.errors import NotAllowed, RuleBroken
from domain.mails import NOTICES
from domain.permissions import SYSTEM, Actor, Permission, can
from domain.richtext import text_to_html
from domain.text import _
from extensions import db
from models import Case, OutboxMessage, SecrecyMark, utcnow
from queries.secrecy import grounds_on, standing_mark
from services import audit
from services.publishing.following import withdraw_choice
from services.text_context import case_address

KINDS: dict[str, str] = {
    "case": _("Sekretessmarkering"),
    "submitter": _("Skyddade personuppgifter"),
}


def set_mark(
    case: Case, kind: str, *, ground_id: int | None, covers: str, reason: str, actor: Actor
) -> SecrecyMark:
    """Mark the case ("case"), or its submitter's contact data ("submitter").

    Raises NotAllowed, or RuleBroken with the field. The case's publication is taken back in the
    same transaction, and notices that have not left lose their text.
    """
    if not can(actor, Permission.CASE_SECRECY_SET, case):
        raise NotAllowed
    if standing_mark(case.id, kind) is not None:
        raise RuleBroken(_("Markeringen finns redan."))
    if ground_id not in {ground.id for ground in grounds_on(local_today())}:
        raise RuleBroken(_("Välj vilken bestämmelse du stöder dig på."), field="ground")
    if not covers.strip():
        raise RuleBroken(_("Skriv vad markeringen gäller."), field="covers")
    if not reason.strip():
        raise RuleBroken(_("Skriv varför."), field="reason")
    mark = SecrecyMark(
        case_id=case.id,
        kind=kind,
        ground_id=ground_id,
        covers=covers.strip(),
        reason=reason.strip(),
        set_at=utcnow(),
        set_by_id=actor.id,
    )
    db.session.add(mark)
    _mark(case, kind, is_marked=True)
    db.session.flush()
    _record(case, mark, actor, "secrecy.set", mark.reason)
    withdraw_choice(case, actor)
    _empty_waiting_notices(case)
    return mark


def protect_on_request(case: Case) -> SecrecyMark:
    """The mark of somebody who ticked *Jag har skyddade personuppgifter* on the public form.

    The first ground that is meant for contact data stands on it until somebody has looked closer:
    a mark is a warning, and waits for nobody. The mails of the case must be written after it.
    """
    grounds = (ground for ground in grounds_on(local_today()) if ground.for_submitter)
    mark = SecrecyMark(
        case_id=case.id,
        kind="submitter",
        ground=next(grounds, None),
        covers=str(_("Kontaktuppgifter")),
        reason=str(_("Synpunktslämnaren har kryssat i Jag har skyddade personuppgifter.")),
        set_at=utcnow(),
    )
    db.session.add(mark)
    _mark(case, "submitter", is_marked=True)
    db.session.flush()
    _record(case, mark, SYSTEM, "secrecy.set", mark.reason)
    return mark


def clear_mark(case: Case, kind: str, reason: str, *, actor: Actor) -> None:
    """Lift the mark of this kind. Raises NotAllowed, RuleBroken (D5: both need a reason)."""
    if not can(actor, Permission.CASE_SECRECY_CLEAR, case):
        raise NotAllowed
    mark = standing_mark(case.id, kind)
    if mark is None:
        raise RuleBroken(_("Det finns ingen markering att häva."))
    if not reason.strip():
        raise RuleBroken(_("Skriv varför markeringen hävs."), field="reason")
    mark.cleared_at = utcnow()
    mark.cleared_by_id = actor.id
    mark.clear_reason = reason.strip()
    _mark(case, kind, is_marked=False)
    _record(case, mark, actor, "secrecy.cleared", mark.clear_reason)


def _mark(case: Case, kind: str, *, is_marked: bool) -> None:
    if kind == "case":
        case.is_secret = is_marked
    else:
        case.submitter.is_protected = is_marked


def _record(case: Case, mark: SecrecyMark, actor: Actor, action: str, reason: str) -> None:
    ground = mark.ground.label if mark.ground else ""
    new = {"ground": ground, "covers": mark.covers, "reason": reason}
    audit.record(actor, action, case_id=case.id, field=mark.kind, new=new)


def _empty_waiting_notices(case: Case) -> None:
    """Notices to staff that have not left yet say only that there is something to read."""
    said = _("Ärende %(number)s har uppdaterats. Läs det här: %(address)s")
    text = str(said) % {"number": case.id, "address": case_address(case.id)}
    db.session.execute(
        update(OutboxMessage)
        .where(
            OutboxMessage.case_id == case.id,
            OutboxMessage.state == "queued",
            OutboxMessage.purpose.in_(NOTICES),
        )
        .values(subject=str(_("Ärende %(number)s")) % {"number": case.id}, text=text,
                html=text_to_html(text))
        .execution_options(synchronize_session=False)
    )  # fmt: skip
