"""What follows from an event: status, confirmation and answer dates (H19, H20, G4)."""

from __future__ import annotations

from datetime import date

from domain.clock import local_today
from domain.layout import CaseTypeLayout, EventTemplateItem
from domain.meanings import Meaning
from domain.permissions import Actor
from models import Case
from services import audit

ANSWERS = ("answer", "answer_phone", "second_answer")
"""Purposes that carry an answer to the submitter."""

_RANK: dict[str, int] = {
    Meaning.STATUS_NEW: 0,
    Meaning.STATUS_ACKNOWLEDGED: 1,
    Meaning.STATUS_ANSWERED: 2,
}


def apply_effects(
    case: Case, layout: CaseTypeLayout, template: EventTemplateItem, actor: Actor
) -> None:
    """Set what the template says: dates once, the status never backwards."""
    _advance_status(case, layout, template.status_meaning, actor)
    today = local_today()
    if template.marks_answered:
        _date_once(case, "answered_on", today, actor)
    if template.marks_answered or template.marks_acknowledged:
        _date_once(case, "acknowledged_on", today, actor)
    if template.purpose in ANSWERS:
        case.has_new_reply = False


def _date_once(case: Case, field: str, value: date, actor: Actor) -> None:
    if getattr(case, field) is None:
        setattr(case, field, value)
        audit.record(actor, "case.edited", case_id=case.id, field=field, new=value)


def _advance_status(case: Case, layout: CaseTypeLayout, meaning: str, actor: Actor) -> None:
    choice = layout.choice_meaning(meaning, "status") if meaning else None
    if choice is None or choice.id == case.status_id:
        return
    now, then = layout.meaning_of(case.status_id), choice.meaning
    if now in _RANK and then in _RANK and _RANK[now] >= _RANK[then]:
        return
    old = layout.label_of(case.status_id)
    case.status_id = choice.id
    audit.record(actor, "case.edited", case_id=case.id, field="status", old=old, new=choice.label)
