"""Lämna över ärenden: what a person has goes to others, so that the account can be closed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.clock import local_today
from domain.errors import NotAllowed, RuleBroken
from domain.permissions import Actor, Permission, can
from domain.text import _
from extensions import db
from models import Case, CaseParticipant, Unit, User, utcnow
from queries.configuration import configuration
from queries.duties import Group, assisted_cases, duties_of, open_cases
from queries.people import (
    RESPONSIBLE_ROLES,
    Person,
    may_be_assistant,
    may_be_responsible,
    people_with,
    possible_assistants,
    possible_responsibles,
)
from queries.stand_ins import rows_to_serve
from services import notices
from services.audit import record
from services.cases.showing import border_to_people
from services.config_changes import change_row
from services.stand_ins import remove_stand_in


@dataclass(frozen=True)
class Choices:
    """Who takes over; None is nobody. `responsible` by Group.key, `units` by unit id."""

    responsible: Mapping[str, int | None] = field(default_factory=dict)
    assistant: int | None = None
    units: Mapping[int, int | None] = field(default_factory=dict)


def check_nothing_left(user: User) -> None:
    """Raise RuleBroken when closing the account would orphan something."""
    if duties_of(user.id).any:
        raise RuleBroken(
            _(
                "Personen har ärenden eller uppdrag kvar. Lämna över dem först, med knappen "
                "Lämna över ärenden."
            ),
            field="is_active",
        )


def within_reach(user: User) -> frozenset[str]:
    """What of the duties the roles allow: groups by key, "assistant", units answered for."""
    nodes = configuration().units_by_id
    duties = duties_of(user.id)
    held = {
        group.key
        for group in duties.groups
        if may_be_responsible(user.id, nodes.get(group.unit_id or 0), group.case_type_id)
    }
    if duties.assisted and may_be_assistant(user.id):
        held.add("assistant")
    roles = [p for p in people_with(RESPONSIBLE_ROLES) if p.id == user.id]
    kept = [unit for unit in duties.units if any(p.covers(unit.path) for p in roles)]
    return frozenset(held | {f"unit {unit.id}" for unit in kept})


def check_reach_kept(user: User, before: frozenset[str]) -> None:
    """Raise RuleBroken when a withdrawn role leaves cases with somebody who cannot work on them."""
    db.session.flush()
    if before - within_reach(user):
        raise RuleBroken(
            _(
                "Personen har öppna ärenden eller uppdrag som rollen behövs för. Lämna över dem "
                "först, med knappen Lämna över ärenden."
            ),
            field="assignments",
        )


def heirs_of(user: User, group: Group) -> list[Person]:
    """Who can be responsible for the cases of this group instead."""
    node = configuration().units_by_id.get(group.unit_id or 0)
    people = possible_responsibles(group.case_type_id)
    return [p for p in people if p.id != user.id and (node is None or p.covers(node.path))]


def keepers_of(user: User, unit: Unit) -> list[Person]:
    """Who can be responsible for new cases at this unit instead."""
    people = people_with(RESPONSIBLE_ROLES)
    return [p for p in people if p.id != user.id and p.covers(unit.path)]


def helpers_of(user: User) -> list[Person]:
    """Who can be an assistant instead."""
    return [p for p in possible_assistants() if p.id != user.id]


def hand_over(user: User, chosen: Choices, *, actor: Actor) -> None:
    """Give everything that `user` has to those chosen. Raises NotAllowed, RuleBroken.

    Cases that nobody takes go back to the registrars. Every case gets its line in the log and
    whoever takes over is told by mail.
    """
    if not can(actor, Permission.CONFIG_USERS):
        raise NotAllowed
    duties = duties_of(user.id)
    for group in duties.groups:
        if group.key not in chosen.responsible:
            raise RuleBroken(_("Nya ärenden har kommit till. Välj vem som tar över dem också."))
        _give_cases(user, group, chosen.responsible[group.key], actor)
    _give_help(user, chosen.assistant, actor)
    for unit in duties.units:
        heir_id = chosen.units.get(unit.id)
        _check_heir(user, heir_id, actor)
        if heir_id and heir_id not in {p.id for p in keepers_of(user, unit)}:
            raise RuleBroken(_("Välj en ansvarig som hör till enheten."))
        change_row(unit, {"default_responsible_id": heir_id}, actor=actor)
    for row in rows_to_serve(user.id, local_today()):
        remove_stand_in(row, actor=actor)
    db.session.flush()


def _check_heir(user: User, heir_id: int | None, actor: Actor) -> None:
    """Nobody gives cases to oneself here: it would open what an administrator may not see."""
    if heir_id is None:
        return
    if heir_id == actor.id:
        raise NotAllowed(_("Du kan inte lämna över ärenden till dig själv."))
    heir = db.session.get(User, heir_id)
    if heir is None or not heir.is_active or heir_id == user.id:
        raise RuleBroken(_("Välj någon som har ett aktivt konto."))


def _give_cases(user: User, group: Group, heir_id: int | None, actor: Actor) -> None:
    _check_heir(user, heir_id, actor)
    node = configuration().units_by_id.get(group.unit_id or 0)
    if heir_id and not may_be_responsible(heir_id, node, group.case_type_id):
        raise RuleBroken(_("Välj en ansvarig som hör till enheten."))
    heir = db.session.get(User, heir_id) if heir_id else None
    for case in open_cases(user.id, group):
        case.responsible_id = heir_id
        _note(case, "responsible", user.name, heir.name if heir else "", actor)
        if heir:
            notices.notify_responsible(case, actor=actor)
        else:
            notices.notify_registrars(case)


def _give_help(user: User, helper_id: int | None, actor: Actor) -> None:
    """Put the helper in the person's place as an assistant, or take the place away."""
    _check_heir(user, helper_id, actor)
    if helper_id and not may_be_assistant(helper_id):
        raise RuleBroken(_("Välj en person som kan vara biträdande."))
    helper = db.session.get(User, helper_id) if helper_id else None
    for place in assisted_cases(user.id):
        case = db.session.get_one(Case, place.case_id)
        if helper is not None:
            _check_no_border(case, helper)
        known = {p.user_id for p in case.participants if p.capacity == "assistant"}
        case.participants.remove(place)
        added = helper is not None and helper.id not in known | {case.responsible_id}
        _note(case, "assistants", user.name, helper.name if helper and added else "", actor)
        if helper and added:
            case.participants.append(
                CaseParticipant(user_id=helper.id, capacity="assistant", added_at=utcnow())
            )
            notices.notify_assistant(case, helper, actor=actor)


def _check_no_border(case: Case, helper: User) -> None:
    """Who reads a case over a border of secrecy is decided by those who work on it, not here."""
    if border_to_people(case, {"assistants": [helper.id]}):
        raise RuleBroken(
            _(
                "Ärende %(number)s ligger på andra sidan en sekretessgräns för %(name)s. Välj "
                "någon annan, eller ingen: den som ansvarar för ärendet ger det då till någon."
            ),
            number=case.id,
            name=helper.name,
        )


def _note(case: Case, name: str, old: str, new: str, actor: Actor) -> None:
    record(actor, "case.edited", case_id=case.id, field=name, old=old, new=new)
