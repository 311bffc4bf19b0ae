"""Favorit and Flagga (manual S07): the own mark, and the one that every colleague sees.

A flag takes the right to write a note (event:note): it is a note to one's colleagues, so those
who may write one may raise it. Unlike case:edit-internal, which reaches the same people, that
right holds on closed cases too, where a flag must be possible to take down.
"""

from __future__ import annotations

from sqlalchemy import delete

from domain.errors import NotAllowed, RuleBroken
from domain.permissions import Actor, Permission, can
from domain.text import _
from extensions import db
from models import Case, CaseFavourite, CaseFlag, utcnow
from queries.case_marks import flags_of
from services import audit
from services.upserts import upsert_into

LONGEST_REASON = 200


def set_favourite(case: Case, is_on: bool, *, actor: Actor) -> None:
    """Make the case a favourite of the person's own, or not any more. Private: nothing is logged.

    Raises NotAllowed for a case that the person may not see.
    """
    if actor.id is None or not can(actor, Permission.CASE_VIEW, case):
        raise NotAllowed
    if is_on:
        row = {"user_id": actor.id, "case_id": case.id, "marked_at": utcnow()}
        db.session.execute(upsert_into(CaseFavourite).values(**row).on_conflict_do_nothing())
    else:
        own = (CaseFavourite.user_id == actor.id, CaseFavourite.case_id == case.id)
        db.session.execute(delete(CaseFavourite).where(*own))


def drop_favourites(user_id: int) -> None:
    """Remove what a person marked, when the account is closed."""
    db.session.execute(delete(CaseFavourite).where(CaseFavourite.user_id == user_id))


def raise_flag(case: Case, reason: str, *, actor: Actor) -> None:
    """Flag the case, or give its flag another reason. Raises NotAllowed, RuleBroken."""
    _check_flag(case, actor)
    reason = " ".join(reason.replace("\0", " ").split())
    if not reason:
        raise RuleBroken(_("Skriv varför ärendet flaggas."), field="reason")
    if len(reason) > LONGEST_REASON:
        raise RuleBroken(
            _("Orsaken är för lång. Korta den till högst %(limit)s tecken."),
            field="reason",
            limit=LONGEST_REASON,
        )
    before = flags_of([case.id]).get(case.id)
    if before is not None and before.reason == reason:
        return
    values = {"reason": reason, "user_id": actor.id, "flagged_at": utcnow()}
    db.session.execute(
        upsert_into(CaseFlag)
        .values(case_id=case.id, **values)
        .on_conflict_do_update(index_elements=[CaseFlag.case_id], set_=values)
    )
    old = before.reason if before else None
    audit.record(actor, "case.flagged", case_id=case.id, old=old, new=reason)


def lower_flag(case: Case, *, actor: Actor) -> None:
    """Take the flag down; a case without one is left as it is. Raises NotAllowed."""
    _check_flag(case, actor)
    before = flags_of([case.id]).get(case.id)
    if before is not None:
        db.session.execute(delete(CaseFlag).where(CaseFlag.case_id == case.id))
        audit.record(actor, "case.unflagged", case_id=case.id, old=before.reason)


def _check_flag(case: Case, actor: Actor) -> None:
    if actor.id is None or not can(actor, Permission.EVENT_NOTE, case):
        raise NotAllowed
