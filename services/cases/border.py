"""A case at a border of secrecy: moved over it by a decision, or only told of there.

Either the whole case moves, and the log says on which ground; or it stays where it is and a new
case with a written, de-identified text is opened on the other side. Nothing in between: what is in
a case is in its letters, files and history too, and the new unit would read it there.
"""

from __future__ import annotations

from typing import Any

from domain.errors import NotAllowed, RuleBroken
from domain.layout import CaseTypeLayout
from domain.permissions import Actor, Permission, can
from domain.secrecy_border import (
    GROUNDS,
    Border,
    Passing,
    border_between,
)
from domain.text import _
from models import Case
from queries.configuration import configuration
from services import audit
from services.cases.opening import open_case
from services.cases.showing import words_of
from services.secret_links import issue_link

KEPT = ("workflow", "channel")
"""What a new case on the other side takes over: says nothing of anybody."""


def border_ahead(case: Case, unit_id: int | None) -> Border | None:
    """The border that `case` would pass on its way to the unit."""
    if unit_id == case.unit_id:
        return None
    units = configuration().units_by_id
    old, new = (units.get(number or 0) for number in (case.unit_id, unit_id))
    return border_between(
        case.case_type.secrecy_class,
        old.secrecy_area if old else None,
        new.secrecy_area if new else None,
    )


def record_passing(case: Case, border: Border, passing: Passing, actor: Actor) -> None:
    """Write down the decision, and leave the notes behind unless they go along.

    The log keeps what stood in them, and shows it to nobody (admin_views.cases.history_rights).
    """
    left = not passing.with_notes
    if left and case.internal_note:
        audit.record(
            actor, "case.edited", case_id=case.id, field="internal_note",
            old=case.internal_note, new="",
        )  # fmt: skip
        case.internal_note = ""
    told = {
        "border": words_of(border),
        "ground": GROUNDS[passing.ground],
        "reason": passing.reason.strip(),
        "notes": "left" if left else "taken",
    }
    audit.record(actor, "case.crossed", case_id=case.id, new=told)


def hand_over_text(
    case: Case,
    layout: CaseTypeLayout,
    text: str,
    *,
    unit_id: int,
    responsible_id: int | None = None,
    actor: Actor,
) -> Case:
    """Open a case with only `text` on the other side of the border; `case` stays as it is.

    The limits run from the day when the first case came in. Raises NotAllowed, RuleBroken.
    """
    if not can(actor, Permission.CASE_MOVE_UNIT, case):
        raise NotAllowed
    border = border_ahead(case, unit_id)
    if border is None:
        raise RuleBroken(_("Enheten ligger i samma sekretessområde. Flytta ärendet i stället."))
    if not text.strip():
        raise RuleBroken(_("Skriv den text som den nya enheten ska få."), field="summary")
    values: dict[str, Any] = {"text": text.strip(), "received_on": case.received_on}
    values |= {key: getattr(case, f"{key}_id") for key in KEPT if key in layout.fields}
    values |= {"unit": unit_id, "responsible": responsible_id}
    new = open_case(layout, {k: v for k, v in values.items() if v is not None}, actor=actor)
    issue_link(new)
    for one, other in ((case, new), (new, case)):
        told = {"border": words_of(border), "case": str(other.id)}
        audit.record(actor, "case.handed-over", case_id=one.id, new=told)
    return new
