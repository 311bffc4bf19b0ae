"""Saving what a person changed on a case: checked, recorded, and told to those it concerns."""

from __future__ import annotations

from typing import Any

from domain.clock import local_date
from domain.errors import ChangedMeanwhile, NotAllowed, RuleBroken
from domain.fields import DISPLAY_KINDS
from domain.layout import CaseTypeLayout, FieldLayout
from domain.meanings import Meaning
from domain.permissions import Actor, Permission, can
from domain.secrecy_border import Passing, PeopleBeyond, check_passing
from domain.text import _
from domain.titles import title_from
from models import Case, utcnow
from services import audit, notices
from services.cases.border import border_ahead, record_passing
from services.cases.checks import (
    check_choice,
    check_participants,
    check_responsible,
    check_unit,
)
from services.cases.deadlines import set_deadlines
from services.cases.opening import tell_participants
from services.cases.showing import border_to_people, record_showing
from services.cases.values import display_value, field_of, read_value, write_value
from services.publishing.following import follow_edit


def may_edit_field(field: FieldLayout, case: Case, actor: Actor) -> bool:
    """Whether `actor` may change this field of this case. The form and the service both ask."""
    if field.kind in DISPLAY_KINDS:
        return False
    permission = field.core.edit if field.core else Permission.CASE_EDIT_CATEGORISATION
    if set(field.readonly_roles) >= {str(role) for role in actor.roles}:
        return False
    return can(actor, permission, case)


def may_view_field(field: FieldLayout, case: Case, actor: Actor) -> bool:
    """Whether `actor` may see this field of this case."""
    return can(actor, field.core.view if field.core else Permission.CASE_VIEW, case)


def edit_case(
    case: Case,
    layout: CaseTypeLayout,
    values: dict[str, Any],
    *,
    seen_version: int,
    actor: Actor,
    passing: Passing | None = None,
) -> list[str]:
    """Store those of `values` (field key → value) that differ; returns their keys.

    `passing` is the decision that a case may pass a border of secrecy; without one it stays
    (BorderAhead). Raises ChangedMeanwhile when somebody saved since `seen_version`, NotAllowed for
    a field the actor may not change, RuleBroken for a value that the rules refuse.
    """
    if case.version != seen_version:
        raise ChangedMeanwhile
    before = {key: read_value(case, layout.fields[key]) for key in values}
    changes = {key: v for key, v in values.items() if _differs(before[key], v)}
    if not changes:
        return []
    _check(case, layout, changes, actor)
    border = border_ahead(case, changes.get("unit", case.unit_id))
    check_passing(border, passing)
    people_before = {p.user_id for p in case.participants}
    shown = border_to_people(case, changes, frozenset(people_before))
    check_passing(shown, passing, PeopleBeyond)
    changes |= _title_with_text(case, layout, changes)
    _write(case, layout, changes, actor)
    if border and passing:
        record_passing(case, border, passing, actor)
    elif shown and passing:
        record_showing(case, shown, passing, actor)
    _follow_up(case, layout, changes, people_before, actor)
    follow_edit(case, layout, set(changes), actor)
    return list(changes)


def _write(case: Case, layout: CaseTypeLayout, changes: dict[str, Any], actor: Actor) -> None:
    """Store the values, each with its line in the change log."""
    for key, value in changes.items():
        field = field_of(layout, key)
        old = display_value(layout, field, read_value(case, field))
        write_value(case, field, value)
        new = display_value(layout, field, value)
        audit.record(actor, "case.edited", case_id=case.id, field=key, old=old, new=new)


def _title_with_text(case: Case, layout: CaseTypeLayout, changes: dict[str, Any]) -> dict[str, Any]:
    """A title that was made from the text follows it: what is redacted may not live on there."""
    if "text" not in changes or "title" in changes or case.title != title_from(case.text):
        return {}
    return {"title": title_from(changes["text"])}


def _differs(old: Any, new: Any) -> bool:
    if isinstance(old, list):
        return set(old) != set(new or [])
    return (old or None) != (new or None)


def _check(case: Case, layout: CaseTypeLayout, changes: dict[str, Any], actor: Actor) -> None:
    for key in changes:
        if not may_edit_field(layout.fields[key], case, actor):
            raise NotAllowed(_("Du har inte behörighet att ändra alla de här uppgifterna."))
    for key, value in changes.items():
        check_choice(layout.fields[key], value, read_value(case, layout.fields[key]))
    unit_id = changes.get("unit", case.unit_id)
    if "unit" in changes:
        check_unit(unit_id)
    if "unit" in changes or "responsible" in changes:
        responsible_id = changes.get("responsible", case.responsible_id)
        check_responsible(responsible_id, unit_id, case.case_type_id)
    check_participants(changes, frozenset(p.user_id for p in case.participants))
    if "text" in changes and not changes["text"].strip():
        raise RuleBroken(_("Synpunktens text får inte vara tom."), field="text")


def _follow_up(
    case: Case,
    layout: CaseTypeLayout,
    changes: dict[str, Any],
    people_before: set[int],
    actor: Actor,
) -> None:
    """What follows by itself: new limits, the date of the answer, mails to new people."""
    if "received_on" in changes:
        set_deadlines(case, layout)
    answered = layout.meaning_of(case.status_id) == Meaning.STATUS_ANSWERED
    if "status" in changes and answered and case.answered_on is None:
        case.answered_on = local_date(utcnow())
        audit.record(
            actor, "case.edited", case_id=case.id, field="answered_on", new=case.answered_on
        )
    if "responsible" in changes and case.responsible_id not in (None, actor.id):
        notices.notify_responsible(case, actor=actor)
    added = [p for p in case.participants if p.user_id not in people_before]
    tell_participants(case, added, actor)
