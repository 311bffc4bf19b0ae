"""Överför till annan process: what came in is no synpunkt, and ends here with a word of where."""

from __future__ import annotations

from domain.errors import ChangedMeanwhile, NotAllowed
from domain.other_processes import check_transfer
from domain.permissions import Actor, Permission, can
from models import Case, Event
from services import audit
from services.cases.closing import end_case
from services.publishing.following import follow
from services.work_locks import release, require


def transfer_case(
    case: Case, process: str, reason: str, *, seen_version: int, tab: str, actor: Actor
) -> list[Event]:
    """Close the case as transferred to `process`; returns the letters that count as posted now.

    It needs no answer and no classification: those are about synpunkter. Reopening undoes it.
    Raises NotAllowed, RuleBroken with the field, CaseLocked, ChangedMeanwhile.
    """
    if not can(actor, Permission.CASE_TRANSFER, case):
        raise NotAllowed
    process, reason = check_transfer(process, reason)
    require(case, actor, tab)
    if case.version != seen_version:
        raise ChangedMeanwhile
    posted = end_case(case, actor=actor)
    case.transferred_to = process
    told = {"process": process, "reason": reason}
    audit.record(actor, "case.transferred", case_id=case.id, new=told)
    follow(case, actor)  # what is no synpunkt is not published as one
    release(case.id, actor, tab)
    return posted
