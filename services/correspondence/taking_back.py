"""What a removed or voided event changed on its case, and taking that back.

Events of a case may rest on each other: when the first of two answers is voided, the case was
answered by the second. So what an event changed goes over to the next one that says the same, and
only otherwise is it undone (effects.undo_effects).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from domain.clock import local_date
from domain.layout import CaseTypeLayout
from domain.permissions import Actor
from domain.text import _
from extensions import db
from models import Case, Event, EventTemplate
from services import audit
from services.correspondence.effects import ANSWERS, undo_effects
from services.publishing.following import ANSWER_GONE
from services.publishing.following import take_back as take_publication_back

DEAD = ("voided", "failed")


@dataclass(frozen=True)
class Consequence:
    """One thing on the case that follows from taking an event back. Sentences are translated where
    they are shown.
    """

    sentence: str
    values: dict[str, str]


def take_back(case: Case, event: Event, actor: Actor) -> None:
    """Undo what `event` did to `case`, as far as no other event stands for it."""
    others = _living_others(case, event)
    for name, (before, after) in list(event.effects.items()):
        _bridge(others, name, before, after)
        heir = _heir(others, name, event)
        if heir is not None:
            _hand_over(case, event, heir, name, actor)
    undo_effects(case, event, actor)
    if event.purpose in ANSWERS:
        take_publication_back(case, _(ANSWER_GONE), actor)


def consequences(case: Case, layout: CaseTypeLayout, event: Event) -> list[Consequence]:
    """What take_back() would do now, for the page that asks."""
    others = _living_others(case, event)
    found = []
    for name, (before, after) in event.effects.items():
        if _plain(getattr(case, name)) != after:
            continue
        heir = _heir(others, name, event)
        found += _said(layout, name, before, after, _date_of(heir) if heir else None)
    return found


def _said(
    layout: CaseTypeLayout, name: str, before: Any, after: Any, heir_date: str | None
) -> list[Consequence]:
    if name == "status_id":
        labels = {"old": layout.label_of(after), "new": layout.label_of(before)}
        return [Consequence(_("Status ändras från %(old)s till %(new)s."), labels)]
    then = heir_date or before
    if then == after:
        return []
    changed, removed = _SENTENCES[name]
    if then:
        return [Consequence(changed, {"old": str(after), "new": str(then)})]
    return [Consequence(removed, {"old": str(after)})]


_SENTENCES = {
    "answered_on": (
        _("Besvarades %(old)s ändras till %(new)s."),
        _("Besvarades %(old)s tas bort."),
    ),
    "acknowledged_on": (
        _("Bekräftades %(old)s ändras till %(new)s."),
        _("Bekräftades %(old)s tas bort."),
    ),
}


def _living_others(case: Case, event: Event) -> Sequence[tuple[Event, EventTemplate]]:
    """The later events of the case that still stand, oldest first, with their templates."""
    query = (
        select(Event, EventTemplate)
        .join(EventTemplate, EventTemplate.id == Event.template_id)
        .where(
            Event.case_id == case.id,
            Event.number > event.number,
            Event.removed_at.is_(None),
            Event.state.not_in(DEAD),
        )
        .order_by(Event.number)
    )
    return [(other, template) for other, template in db.session.execute(query)]


def _bridge(
    others: Sequence[tuple[Event, EventTemplate]], name: str, before: Any, after: Any
) -> None:
    """The next change of the same thing began where this one ended: now it begins before it."""
    for other, _template in others:
        if name in other.effects and other.effects[name][0] == after:
            other.effects = {**other.effects, name: [before, other.effects[name][1]]}
            return


def _heir(others: Sequence[tuple[Event, EventTemplate]], name: str, event: Event) -> Event | None:
    """The next event that would have done the same to the case, had this one not been there."""
    for other, template in others:
        if name in other.effects:
            return None
        if _would_have(event, template, name):
            return other
    return None


def _would_have(event: Event, template: EventTemplate, name: str) -> bool:
    """Whether an event of `template` does to the case what `event` did. Answers also confirm."""
    if name == "answered_on":
        return template.marks_answered
    if name == "acknowledged_on":
        return template.marks_answered or template.marks_acknowledged
    own = db.session.get(EventTemplate, event.template_id) if event.template_id else None
    return own is not None and own.status_meaning == template.status_meaning


def _hand_over(case: Case, event: Event, heir: Event, name: str, actor: Actor) -> None:
    """From now on `heir` stands for the change; a date becomes its day."""
    before, after = event.effects[name]
    kept = after if name == "status_id" else _date_of(heir)
    heir.effects = {**heir.effects, name: [before, kept]}
    event.effects = {key: value for key, value in event.effects.items() if key != name}
    if kept != after and _plain(getattr(case, name)) == after:
        setattr(case, name, local_date(heir.created_at))
        audit.record(actor, "case.edited", case_id=case.id, field=name, old=after, new=kept)


def _date_of(event: Event) -> str:
    return local_date(event.created_at).isoformat()


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
