"""Kopiera (manual H08): a new case from one that is there, as when one letter holds two matters.

What the citizen said and how it is sorted goes along; what has been done about it does not. The
day of arrival is the first one's: the person has waited since then.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from domain.errors import NotAllowed, RuleBroken
from domain.fields import Kind
from domain.layout import CaseTypeLayout, FieldLayout
from domain.permissions import Actor, Permission, can
from extensions import db
from models import Case, SecrecyMark, utcnow
from queries.configuration import configuration
from queries.secrecy import standing_mark
from services import audit, notices
from services.cases.checks import check_choice, check_responsible, check_unit
from services.cases.editing import may_view_field
from services.cases.opening import open_case
from services.cases.values import read_value
from services.once import claim_key
from services.secret_links import issue_link

ALONG = (
    "title", "text", "received_on", "channel", "received_by", "receiver_workplace", "origin",
    "workflow", "types", "categories", "own_type", "keywords", "unit", "responsible",
)  # fmt: skip
SUBMITTER = (
    "submitter_name", "submitter_address", "submitter_postal", "submitter_phone",
    "submitter_email", "submitter_kind", "contact_way",
)  # fmt: skip
"""Who wrote and the wanted answer: only for those who may see the submitter."""


@dataclass
class CopyPlan:
    """The values that the new case gets; the labels of what goes along and of what cannot."""

    values: dict[str, Any] = field(default_factory=dict)
    along: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    with_submitter: bool = False


def copy_plan(case: Case, layout: CaseTypeLayout, actor: Actor) -> CopyPlan:
    """What a copy of `case` holds when `actor` makes it."""
    plan = CopyPlan(with_submitter=can(actor, Permission.CASE_VIEW_SUBMITTER, case))
    keys = ALONG + (SUBMITTER if plan.with_submitter else ())
    own = [key for key, placed in layout.fields.items() if placed.core is None]
    for key in (*keys, *own):
        placed = layout.fields.get(key)
        if placed is not None and may_view_field(placed, case, actor):
            _plan_field(plan, case, placed)
    # Not every case type places these on a tab, but every case has them.
    plan.values |= {"title": case.title, "text": case.text, "received_on": case.received_on}
    return plan


def _plan_field(plan: CopyPlan, case: Case, placed: FieldLayout) -> None:
    value = read_value(case, placed)
    if value in (None, "", []):
        return
    usable = _usable(case, placed, value)
    if usable not in (None, []):
        plan.values[placed.key] = usable
        plan.along.append(placed.label)
    if usable != value:
        plan.dropped.append(placed.label)


def _usable(case: Case, placed: FieldLayout, value: Any) -> Any:
    """The value as far as a new case may have it: choices, units and people go out of use."""
    try:
        if placed.kind in (Kind.CHOICE, Kind.CHOICES):
            check_choice(placed, value)
        elif placed.key == "unit":
            check_unit(value)
        elif placed.key == "responsible":
            unit = configuration().units_by_id.get(case.unit_id or 0)
            unit_id = unit.id if unit and unit.is_active else None
            check_responsible(value, unit_id, case.case_type_id)
    except RuleBroken:
        active = {choice.id for choice in placed.choices if choice.is_active}
        return [i for i in value if i in active] if isinstance(value, list) else None
    return value


def copy_case(case: Case, layout: CaseTypeLayout, *, key: str, actor: Actor) -> Case | None:
    """Make the copy. None when `key` was carried out before. Raises NotAllowed, RuleBroken.

    A secret case gives a secret copy: the mark is about what the text says.
    """
    if not can(actor, Permission.CASE_COPY, case):
        raise NotAllowed
    if not claim_key(key, case.id):
        return None
    plan = copy_plan(case, layout, actor)
    copy = open_case(layout, plan.values, actor=actor, notify=False)
    _copy_marks(case, copy, plan, actor)
    issue_link(copy)
    audit.record(actor, "case.copied", case_id=case.id, subject=f"case {copy.id}")
    audit.record(actor, "case.copied-from", case_id=copy.id, subject=f"case {case.id}")
    # Only now: the mails must know whether the case is secret.
    notices.notify_registrars(copy)
    if copy.responsible_id not in (None, actor.id):
        notices.notify_responsible(copy, actor=actor)
    return copy


def _copy_marks(case: Case, copy: Case, plan: CopyPlan, actor: Actor) -> None:
    kinds = ("case", "submitter") if plan.with_submitter else ("case",)
    for kind in kinds:
        mark = standing_mark(case.id, kind)
        if mark is None:
            continue
        db.session.add(
            SecrecyMark(
                case_id=copy.id,
                kind=kind,
                ground_id=mark.ground_id,
                covers=mark.covers,
                reason=mark.reason,
                set_at=utcnow(),
                set_by_id=actor.id,
            )
        )
        ground = mark.ground.label if mark.ground else ""
        said = {"ground": ground, "covers": mark.covers, "reason": mark.reason}
        audit.record(actor, "secrecy.set", case_id=copy.id, field=kind, new=said)
    copy.is_secret = case.is_secret
    copy.submitter.is_protected = plan.with_submitter and case.submitter.is_protected
    db.session.flush()
