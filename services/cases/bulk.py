"""Changing many cases at once: what would happen to each, what would not and why, and doing it.

Every case goes through edit_case() in a transaction of its own (the caller's), with its own right,
lock, version, log lines and mails. So one that cannot be changed leaves the others as they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from domain.errors import CaseLocked, ChangedMeanwhile, NotAllowed, RuleBroken
from domain.layout import CaseTypeLayout
from domain.permissions import RIGHTS, Actor, Permission, can
from domain.secrecy_border import BorderAhead, Passing
from domain.text import _
from models import Case
from queries.configuration import board_of, configuration
from queries.work_locks import holders_of
from services.cases.border import border_ahead
from services.cases.checks import check_choice, check_participants, check_responsible, check_unit
from services.cases.editing import edit_case, may_edit_field
from services.cases.showing import border_to_people, words_of
from services.cases.values import display_value, read_value
from services.work_locks import release, take

MAX_CASES = 200

CHANGED = _("Någon annan sparade ärendet efter att sidan visades. Titta på det och försök igen.")


@dataclass(frozen=True)
class BulkAction:
    """A deed on many cases. `adds`: what is chosen is added to what each case has."""

    key: str
    label: str
    fields: tuple[str, ...]
    adds: bool = True


ACTIONS = {
    action.key: action
    for action in (
        BulkAction("tilldela", _("Tilldela"), ("unit", "responsible"), adds=False),
        BulkAction("bitradande", _("Utse biträdande"), ("assistants",)),
        BulkAction("kannedom", _("För kännedom"), ("informed",)),
        BulkAction("nyckelord", _("Lägg till nyckelord"), ("keywords",)),
    )
}
"""By their names in addresses."""


@dataclass(frozen=True)
class Change:
    """One field of one case: its label, what stands there, what will stand there."""

    label: str
    old: Any
    new: Any


def actions_for(layout: CaseTypeLayout, actor: Actor) -> list[BulkAction]:
    """What this person can do to some case of this type: its fields are there, and a right is."""
    return [action for action in ACTIONS.values() if _is_for(action, layout, actor)]


def _is_for(action: BulkAction, layout: CaseTypeLayout, actor: Actor) -> bool:
    fields = [layout.fields.get(key) for key in action.fields]
    return all(f is not None and f.core is not None and can(actor, f.core.edit) for f in fields)


def check_case(case: Case, layout: CaseTypeLayout, action: BulkAction, actor: Actor) -> None:
    """Raise what stands in the way on this case, whatever is chosen."""
    if case.case_type_id != layout.id:
        raise RuleBroken(_("Ärendet är av en annan ärendetyp."))
    if not all(may_edit_field(layout.fields[key], case, actor) for key in action.fields):
        if case.is_closed and not _may_when_closed(layout, action):
            raise RuleBroken(_("Ärendet är avslutat."))
        if case.is_secret:
            raise NotAllowed(_("Ärendet är sekretessmarkerat. Du har inte behörighet till det."))
        raise NotAllowed(_("Du har inte behörighet att ändra det här på ärendet."))


def check_chosen(layout: CaseTypeLayout, action: BulkAction, chosen: dict[str, Any]) -> None:
    """Raise RuleBroken for what cannot be chosen for any case; its field says where to mend it."""
    for key in action.fields:
        if action.adds and not chosen[key]:
            raise RuleBroken(_("Välj minst ett alternativ."), field=key)
        check_choice(layout.fields[key], chosen[key])
    check_participants(chosen)
    if "unit" in chosen:
        check_unit(chosen["unit"])
        if not chosen["responsible"]:
            raise RuleBroken(_("Enheten har ingen ansvarig. Välj en person."), field="responsible")
        check_responsible(chosen["responsible"], chosen["unit"], layout.id)


def _may_when_closed(layout: CaseTypeLayout, action: BulkAction) -> bool:
    cores = [layout.fields[key].core for key in action.fields]
    return all(core is not None and "closed" in RIGHTS[core.edit].states for core in cores)


def check_lock(holder: tuple[int, str] | None, actor: Actor) -> None:
    """Raise CaseLocked when somebody works with the case, also oneself in another tab."""
    if holder is None:
        return
    if holder[0] == actor.id:
        raise CaseLocked(_("Du har ärendet öppet i en annan flik. Stäng det där först."))
    raise CaseLocked(_("%(name)s har arbetslåset."), name=holder[1])


def new_values(
    case: Case, layout: CaseTypeLayout, action: BulkAction, chosen: dict[str, Any]
) -> dict[str, Any]:
    """The values that the case gets. Raises RuleBroken when there is nothing to change, or when
    a secret case would leave its board (OSL 8:2).
    """
    values = dict(chosen)
    if action.adds:
        for key in action.fields:
            had = read_value(case, layout.fields[key]) or []
            values[key] = [*had, *(i for i in chosen[key] if i not in had)]
    if all(read_value(case, layout.fields[key]) == value for key, value in values.items()):
        raise RuleBroken(_("Ärendet har redan det som är valt."))
    units = configuration()
    crosses = board_of(units, case.unit_id) != board_of(units, values.get("unit", case.unit_id))
    if crosses and case.is_secret and case.unit_id is not None:
        raise RuleBroken(
            _(
                "Ärendet är sekretessmarkerat och enheten hör till en annan nämnd. Öppna "
                "ärendet och flytta det där."
            )
        )
    if border_ahead(case, values.get("unit", case.unit_id)):
        raise BorderAhead
    return values


def border_of(case: Case, values: dict[str, Any]) -> str:
    """The border between the case and a new person on it, in words; "" for none."""
    here = frozenset(p.user_id for p in case.participants)
    border = border_to_people(case, values, here)
    return words_of(border) if border else ""


def changes_of(case: Case, layout: CaseTypeLayout, values: dict[str, Any]) -> list[Change]:
    """The values that differ, as people read them."""
    found = []
    for key, value in values.items():
        field = layout.fields[key]
        old, new = (display_value(layout, field, v) for v in (read_value(case, field), value))
        if old != new:
            found.append(Change(field.label, old, new))
    return found


def change_case(
    case: Case,
    layout: CaseTypeLayout,
    action: BulkAction,
    chosen: dict[str, Any],
    *,
    seen_version: int,
    tab: str,
    actor: Actor,
    passing: Passing | None = None,
) -> list[Change]:
    """Do it to one case. Raises DomainError with the reason why not; `tab` holds the lock.

    `passing` is the decision that people beyond a border of secrecy may read the case.
    """
    check_case(case, layout, action, actor)
    check_lock(holders_of([case.id]).get(case.id), actor)
    values = new_values(case, layout, action, chosen)
    changes = changes_of(case, layout, values)
    if can(actor, Permission.LOCK_TAKE, case) and not take(case, actor, tab).may_write:
        raise CaseLocked(_("Någon annan har arbetslåset."))
    try:
        edit_case(case, layout, values, seen_version=seen_version, actor=actor, passing=passing)
    except ChangedMeanwhile:
        raise RuleBroken(CHANGED) from None
    release(case.id, actor, tab)
    return changes
