"""What follows from an event: status, confirmation and answer dates (H19, H20, G4)."""

from __future__ import annotations

from datetime import date

from domain.clock import local_today
from domain.layout import CaseTypeLayout, EventTemplateItem
from domain.meanings import Meaning
from domain.permissions import Actor
from domain.refusals import reason_in
from domain.richtext import html_to_text
from models import Case, Event
from queries.configuration import configuration
from services import audit
from services.publishing.following import follow

ANSWERS = ("answer", "answer_phone", "second_answer")
"""Purposes that carry an answer to the submitter."""

UNDONE = ("status_id", "answered_on", "acknowledged_on", "refused_for")
"""What an event may change on its case."""

_RANK: dict[str, int] = {
    Meaning.STATUS_NEW: 0,
    Meaning.STATUS_ACKNOWLEDGED: 1,
    Meaning.STATUS_ANSWERED: 2,
}


def apply_effects(
    case: Case, layout: CaseTypeLayout, template: EventTemplateItem, event: Event, actor: Actor
) -> None:
    """Set what the template says: dates once, the status never backwards.

    `event` remembers what it changed, so that undo_effects() can take it back.
    """
    before = {name: getattr(case, name) for name in UNDONE}
    _advance_status(case, layout, template.status_meaning, actor)
    today = local_today()
    if template.marks_answered:
        _date_once(case, "answered_on", today, actor)
    if template.marks_answered or template.marks_acknowledged:
        _date_once(case, "acknowledged_on", today, actor)
    if template.purpose in ANSWERS:
        case.has_new_reply = False
    if template.purpose == "refusal" and not case.refused_for:
        case.refused_for = reason_in(html_to_text(event.body))
        audit.record(
            actor, "case.edited", case_id=case.id, field="refused_for", new=case.refused_for
        )
    follow(case, actor)  # what is refused or handed over is not published
    event.effects = {
        name: [_plain(old), _plain(getattr(case, name))]
        for name, old in before.items()
        if getattr(case, name) != old
    }


def undo_effects(case: Case, event: Event, actor: Actor) -> None:
    """Take back what a voided or removed event changed, where nothing else has changed it since."""
    for name, (before, after) in event.effects.items():
        if _plain(getattr(case, name)) != after:
            continue
        value = date.fromisoformat(before) if before and name.endswith("_on") else before
        setattr(case, name, value)
        _record_undone(case, name, after, before, actor)


def _record_undone(
    case: Case, name: str, old: str | int | None, new: str | int | None, actor: Actor
) -> None:
    layout = configuration().case_type(case.case_type_id)
    if name == "status_id" and layout is not None:
        labels = [layout.label_of(i) if isinstance(i, int) else "" for i in (old, new)]
        name, old, new = "status", *labels
    audit.record(actor, "case.edited", case_id=case.id, field=name, old=old, new=new)


def _plain(value: date | int | None) -> str | int | None:
    return value.isoformat() if isinstance(value, date) else value


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
