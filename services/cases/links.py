"""Koppla till annat ärende, and one answer for the duplicates of a case."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from sqlalchemy import or_, select

from domain.case_links import DUPLICATE_OF, HAS_DUPLICATE, OTHER_WAY, RELATED, WORDS
from domain.errors import DomainError, NotAllowed, RuleBroken
from domain.layout import CaseTypeLayout
from domain.permissions import Actor, Permission, can
from domain.richtext import html_to_text
from domain.text import _
from extensions import db
from models import Case, CaseLink, utcnow
from queries.case_links import duplicates_of
from queries.configuration import configuration
from queries.work_locks import holders_of
from services import audit
from services.cases.bulk import check_lock
from services.cases.editing import edit_case, may_edit_field
from services.work_locks import release, take


def may_link(case: Case, actor: Actor) -> bool:
    """Whoever may write notes on a case may link it, also when it is closed."""
    return can(actor, Permission.EVENT_NOTE, case)


def link_cases(case: Case, other: Case | None, role: str, *, actor: Actor) -> CaseLink:
    """Link two cases; `role` is what `case` is to `other` (domain/case_links.py).

    `other` is None when the person sees no such case. Raises NotAllowed, RuleBroken.
    """
    if not may_link(case, actor):
        raise NotAllowed
    if role not in WORDS:
        raise RuleBroken(_("Välj hur ärendena hör ihop."), field="role")
    if other is None or not can(actor, Permission.CASE_VIEW, other):
        raise RuleBroken(
            _("Du kan inte se något ärende med det numret. Kontrollera numret."), field="number"
        )
    if not may_link(other, actor):
        raise RuleBroken(
            _("Du får läsa ärende %(number)s men inte koppla det."), field="number", number=other.id
        )
    _check_pair(case, other)
    main = {RELATED: None, DUPLICATE_OF: other, HAS_DUPLICATE: case}[role]
    if main is not None:
        _check_duplicate(main, case if main is other else other)
    link = CaseLink(
        low_id=min(case.id, other.id),
        high_id=max(case.id, other.id),
        kind="duplicate" if main else "related",
        main_id=main.id if main else None,
        linked_at=utcnow(),
        linked_by_id=actor.id,
    )
    db.session.add(link)
    db.session.flush()
    _record("case.linked", case, other, role, actor)
    return link


def _check_pair(case: Case, other: Case) -> None:
    if case.id == other.id:
        raise RuleBroken(_("Ett ärende kan inte kopplas till sig självt."), field="number")
    pair = (CaseLink.low_id == min(case.id, other.id), CaseLink.high_id == max(case.id, other.id))
    if db.session.scalar(select(CaseLink.id).where(*pair)) is not None:
        raise RuleBroken(
            _("Ärendena är redan kopplade. Ta bort kopplingen om den ska vara en annan."),
            field="number",
        )


def _check_duplicate(main: Case, copy: Case) -> None:
    """One main case with its duplicates around it: no chains, so that one answer has one place."""
    if _is_duplicate(main):
        raise RuleBroken(
            _("Ärende %(number)s är självt en dubblett. Koppla till dess huvudärende i stället."),
            field="number",
            number=main.id,
        )
    if _is_duplicate(copy):
        raise RuleBroken(
            _("Ärende %(number)s är redan en dubblett av ett annat ärende."),
            field="number",
            number=copy.id,
        )
    if db.session.scalar(select(CaseLink.id).where(CaseLink.main_id == copy.id).limit(1)):
        raise RuleBroken(
            _("Ärende %(number)s har egna dubbletter. Ta bort de kopplingarna först."),
            field="number",
            number=copy.id,
        )


def _is_duplicate(case: Case) -> bool:
    ends = or_(CaseLink.low_id == case.id, CaseLink.high_id == case.id)
    of_another = (CaseLink.kind == "duplicate", ends, CaseLink.main_id != case.id)
    return db.session.scalar(select(CaseLink.id).where(*of_another).limit(1)) is not None


def unlink_cases(case: Case, other: Case, link: CaseLink, *, actor: Actor) -> None:
    """Take the link away again. Raises NotAllowed."""
    if not (may_link(case, actor) and may_link(other, actor)):
        raise NotAllowed
    role = RELATED
    if link.main_id is not None:
        role = HAS_DUPLICATE if link.main_id == case.id else DUPLICATE_OF
    db.session.delete(link)
    _record("case.unlinked", case, other, role, actor)


def _record(action: str, case: Case, other: Case, role: str, actor: Actor) -> None:
    """On both. The other's number is the line's subject, which the history does not show: it is
    read by people who may not see the other case.
    """
    for one, two, word in ((case, other, role), (other, case, OTHER_WAY[role])):
        said = {"old" if action == "case.unlinked" else "new": str(WORDS[word])}
        audit.record(actor, action, case_id=one.id, subject=f"case {two.id}", **said)


@dataclass(frozen=True)
class AnswerVerdict:
    """One duplicate: whether it gets the answer, and why not."""

    case: Case
    reason: DomainError | None = None


def answer_verdicts(main: Case, actor: Actor) -> list[AnswerVerdict]:
    """What *Lägg svaret i kopplade dubbletter* would do, for the duplicates that one may see."""
    return [_verdict(main, case, actor) for case in duplicates_of(main.id, actor)]


def _verdict(main: Case, case: Case, actor: Actor) -> AnswerVerdict:
    try:
        _check_answer(main, case, actor)
    except DomainError as error:
        return AnswerVerdict(case, error)
    return AnswerVerdict(case)


def _check_answer(main: Case, case: Case, actor: Actor) -> CaseTypeLayout:
    layout = configuration().case_type(case.case_type_id)
    answer = layout.fields.get("answer") if layout else None
    if case.is_closed:
        raise RuleBroken(_("Ärendet är avslutat."))
    if layout is None or answer is None:
        raise RuleBroken(_("Ärendetypen har inget svarsfält."))
    if not may_edit_field(answer, case, actor):
        raise NotAllowed(_("Du har inte behörighet att svara i ärendet."))
    _check_text(main, case)
    holder = holders_of([case.id]).get(case.id)
    if holder is not None and holder[0] != actor.id:  # the own other tab is told when it saves
        check_lock(holder, actor)
    return layout


def _check_text(main: Case, case: Case) -> None:
    """Nothing secret goes into an open case, nothing is written over, nothing twice."""
    if main.is_secret and not case.is_secret:
        raise RuleBroken(_("Huvudärendet är sekretessmarkerat, men inte det här ärendet."))
    if case.answered_on is not None:
        raise RuleBroken(_("Ärendet är redan besvarat."))
    if case.answer == main.answer:
        raise RuleBroken(_("Svaret finns redan i ärendet."))
    if html_to_text(case.answer).strip():
        raise RuleBroken(_("Ärendet har redan ett eget svar. Det skrivs inte över."))


def has_answer(case: Case) -> bool:
    """Whether there is something to copy to the duplicates."""
    return bool(html_to_text(case.answer or "").strip())


def put_answer(main: Case, case: Case, *, seen_version: int, actor: Actor) -> None:
    """Write the main case's answer into one duplicate; sending it is done there, in its own name.

    Raises DomainError with the reason why not.
    """
    if not can(actor, Permission.CASE_VIEW, main) or not has_answer(main):
        raise NotAllowed
    layout, tab = _check_answer(main, case, actor), secrets.token_urlsafe(24)
    if can(actor, Permission.LOCK_TAKE, case):
        take(case, actor, tab)
    edit_case(case, layout, {"answer": main.answer}, seen_version=seen_version, actor=actor)
    audit.record(actor, "case.answer-shared", case_id=case.id, subject=f"case {main.id}")
    release(case.id, actor, tab)
