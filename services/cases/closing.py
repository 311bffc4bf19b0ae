"""The end of a case: Klarmarkera, Avsluta with its guards, Återöppna."""

from __future__ import annotations

from domain.clock import local_today
from domain.errors import NotAllowed, RuleBroken
from domain.layout import CaseTypeLayout
from domain.meanings import Meaning
from domain.permissions import Actor, Permission, can
from domain.text import _
from domain.workflow import is_late, missing_fields, owes_answer
from models import Case, Event, utcnow
from services import audit, notices
from services.cases.values import read_values
from services.correspondence.posting import post_all
from services.publishing.following import REOPENED, take_back


def close_problems(case: Case, layout: CaseTypeLayout) -> list[RuleBroken]:
    """Everything that stands between a case and its closing, as sentences with their fields.

    Manual H23, S16: classification (and result) first; H21: a late answer is explained.
    """
    problems = [
        RuleBroken(_("Fyll i %(label)s innan du avslutar."), field=f.key, label=f.label)
        for f in missing_fields(layout, read_values(case, layout), "close")
    ]
    owed = owes_answer(layout, case.contact_way_id, case.status_id)
    if owed and case.answered_on is None:
        problems.append(_no_answer(layout))
    if owed and is_late(case, local_today()) and not case.delay_reason.strip():
        problems.append(
            RuleBroken(
                _("Det har gått mer än %(days)s arbetsdagar. Skriv varför svaret är försenat."),
                field="delay_reason",
                days=layout.answer_days,
            )
        )
    return problems


def _no_answer(layout: CaseTypeLayout) -> RuleBroken:
    choice = layout.choice_meaning(Meaning.STATUS_NO_ANSWER, "status")
    sentence = _(
        "Du har inte skickat något svar. Välj statusen %(status)s om personen inte vill ha svar."
    )
    return RuleBroken(sentence, field="status", status=choice.label if choice else "")


def close_case(case: Case, layout: CaseTypeLayout, *, actor: Actor) -> list[Event]:
    """Close. Raises NotAllowed, or RuleBroken for the first of close_problems().

    When no answer was wanted the status says so by itself (manual Hjo, Status). Letters to the
    submitter that nobody marked count as posted from now on; these are returned.
    """
    if not can(actor, Permission.CASE_CLOSE, case):
        raise NotAllowed
    for problem in close_problems(case, layout):
        raise problem
    _settle_status(case, layout, actor)
    posted = end_case(case, actor=actor)
    audit.record(actor, "case.closed", case_id=case.id)
    return posted


def end_case(case: Case, *, actor: Actor) -> list[Event]:
    """What every ending does. The caller has checked, and records which ending it is."""
    case.closed_at = utcnow()
    case.closed_by_id = actor.id
    case.has_new_reply = False
    return post_all(case, actor=actor)


def _settle_status(case: Case, layout: CaseTypeLayout, actor: Actor) -> None:
    unwanted = layout.meaning_of(case.contact_way_id) == Meaning.CONTACT_NONE
    choice = layout.choice_meaning(Meaning.STATUS_NO_ANSWER, "status")
    if case.answered_on is None and unwanted and choice and case.status_id != choice.id:
        old = layout.label_of(case.status_id)
        case.status_id = choice.id
        audit.record(
            actor, "case.edited", case_id=case.id, field="status", old=old, new=choice.label
        )


def reopen_case(case: Case, reason: str, *, actor: Actor) -> None:
    """Open a closed case again. The first date of answer stays; it is published no more, and a
    transfer to another process is taken back. Raises NotAllowed, RuleBroken.
    """
    if not can(actor, Permission.CASE_REOPEN, case):
        raise NotAllowed
    if not reason.strip():
        raise RuleBroken(_("Skriv varför ärendet öppnas igen."), field="reason")
    case.closed_at = None
    case.closed_by_id = None
    case.transferred_to = ""
    audit.record(actor, "case.reopened", case_id=case.id, new=reason.strip())
    take_back(case, _(REOPENED), actor)


def mark_ready(case: Case, layout: CaseTypeLayout, *, actor: Actor) -> None:
    """Klarmarkera: the assistant (or the responsible) says that the investigation is done.

    When the last assistant has done so the responsible is told. Raises RuleBroken for the first
    field that is required from now on (manual S17, S28).
    """
    if not can(actor, Permission.CASE_MARK_READY, case):
        raise NotAllowed
    for field in missing_fields(layout, read_values(case, layout), "ready"):
        raise RuleBroken(
            _("Fyll i %(label)s innan du klarmarkerar."), field=field.key, label=field.label
        )
    now = utcnow()
    assistants = [p for p in case.participants if p.capacity == "assistant"]
    newly = [p for p in assistants if p.user_id in actor.ids and p.ready_at is None]
    for participant in newly:
        participant.ready_at = now
    case.ready_at = now
    audit.record(actor, "case.marked-ready", case_id=case.id)
    if newly and all(p.ready_at for p in assistants) and case.responsible_id != actor.id:
        notices.notify_all_ready(case, actor=actor)


def unmark_ready(case: Case, *, actor: Actor) -> None:
    """Take the mark back, as when the responsible wants more done."""
    if not can(actor, Permission.CASE_MARK_READY, case):
        raise NotAllowed
    for participant in case.participants:
        participant.ready_at = None
    case.ready_at = None
    audit.record(actor, "case.unmarked-ready", case_id=case.id)
