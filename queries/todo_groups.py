"""What belongs to each group of *Att göra*, as a condition that the indexes of open cases serve."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, exists, false, not_, or_, select

from domain.permissions import Actor, Permission, Role, can
from domain.text import _
from models import Case, CaseParticipant, Publication
from queries.cases import visible_cases
from queries.configuration import configuration
from queries.due import is_open, owes_answer

Where = ColumnElement[bool]
P = Permission


@dataclass(frozen=True)
class Day:
    """Today, and the last of the days that count as soon."""

    today: date
    soon: date


@dataclass(frozen=True)
class GroupRule:
    """One group. `wanted` are the permissions of which one must be held for it to concern
    anybody; `by` is the column of the day that counts: its deadline, or when it was answered.
    """

    key: str
    name: str
    wanted: tuple[Permission, ...]
    condition: Callable[[Actor, Day], Where]
    by: str = "answer_by"

    def concerns(self, actor: Actor) -> bool:
        """Whether the group can ever hold something for this person."""
        return any(can(actor, permission) for permission in self.wanted)


def _mine(actor: Actor) -> Where:
    return and_(Case.responsible_id.in_(actor.ids), visible_cases(actor))


def _helping(actor: Actor) -> Where:
    """Cases on which the person is an assistant and has not marked the own part ready."""
    place = exists().where(
        CaseParticipant.case_id == Case.id,
        CaseParticipant.user_id.in_(actor.ids),
        CaseParticipant.capacity == "assistant",
        CaseParticipant.ready_at.is_(None),
    )
    return and_(place, visible_cases(actor))


def _as(actor: Actor, permission: Permission, *roles: Role) -> Where:
    """The cases that the person reaches in one of these roles."""
    held = tuple(a for a in actor.assignments if a.role in roles)
    return visible_cases(replace(actor, assignments=held), permission) if held else false()


def _led(actor: Actor) -> Where:
    """Cases of the units that the person answers for, and of all below them."""
    config = configuration()
    own = [u for u in config.units if u.default_responsible_id in actor.ids]
    ids = {below.id for unit in own for below in config.subtree(unit.path)}
    return and_(Case.unit_id.in_(ids), visible_cases(actor)) if ids else false()


def _new(actor: Actor, day: Day) -> Where:
    return and_(
        is_open(), Case.responsible_id.is_(None), visible_cases(actor, P.CASE_EDIT_RESPONSIBLE)
    )


def _to_confirm(actor: Actor, day: Day) -> Where:
    whose = or_(_mine(actor), _as(actor, P.EVENT_CONFIRM, Role.REGISTRAR))
    later = and_(Case.answer_by > day.soon, Case.responsible_id.is_not(None))
    return and_(is_open(), owes_answer(), Case.acknowledged_on.is_(None), later, whose)


def _to_answer(actor: Actor, day: Day) -> Where:
    whose = or_(and_(_mine(actor), Case.acknowledged_on.is_not(None)), _helping(actor))
    return and_(is_open(), owes_answer(), Case.answer_by > day.soon, whose)


def _soon(actor: Actor, day: Day) -> Where:
    days = Case.answer_by.between(day.today, day.soon)
    return and_(is_open(), owes_answer(), days, or_(_mine(actor), _helping(actor)))


def _overdue(actor: Actor, day: Day) -> Where:
    followed = _as(actor, P.CASE_VIEW, Role.REGISTRAR, Role.OVERARCHING)
    whose = or_(_mine(actor), _helping(actor), followed, _led(actor))
    return and_(is_open(), owes_answer(), Case.answer_by < day.today, whose)


def _new_reply(actor: Actor, day: Day) -> Where:
    nobodys = and_(Case.responsible_id.is_(None), _as(actor, P.EVENT_NOTE, Role.REGISTRAR))
    return and_(Case.has_new_reply.is_(True), or_(_mine(actor), nobodys))


def _made_ready(actor: Actor, day: Day) -> Where:
    ready = exists().where(
        CaseParticipant.case_id == Case.id,
        CaseParticipant.capacity == "assistant",
        CaseParticipant.ready_at.is_not(None),
    )
    return and_(is_open(), owes_answer(), _mine(actor), ready)


def _to_publish(actor: Actor, day: Day) -> Where:
    """Answered, and nobody has said whether it may be published; or it is not finished."""
    types = [t.id for t in configuration().case_types if "publication" in t.fields]
    allowed = visible_cases(actor, P.CASE_EDIT_PUBLICATION)
    whose = or_(_mine(actor), _as(actor, P.CASE_EDIT_PUBLICATION, Role.REGISTRAR))
    answered = and_(Case.answered_on.is_not(None), Case.publication_id.is_(None))
    undecided = and_(is_open(), Case.case_type_id.in_(types), answered, whose)
    settled = or_(Case.answered_on.is_not(None), Case.closed_at.is_not(None))
    begun = and_(Case.id.in_(_with_publication("draft")), settled, whose)
    others = and_(
        Case.id.in_(_with_publication("checked", not_by=actor.id)),
        visible_cases(actor, P.CASE_PUBLISH),
    )
    return and_(allowed, or_(undecided, begun, others))


def _with_publication(state: str, *, not_by: int | None = None) -> Select[int]:
    """Ids of the cases whose publication is in this state, checked by somebody else."""
    query = select(Publication.case_id).where(Publication.state == state)
    if not_by is not None:
        query = query.where(Publication.checked_by_id != not_by)
    return query


def _to_close(actor: Actor, day: Day) -> Where:
    mine = and_(Case.responsible_id.in_(actor.ids), visible_cases(actor, P.CASE_CLOSE))
    return and_(is_open(), not_(owes_answer()), mine)


def _informed(actor: Actor, day: Day) -> Where:
    told = exists().where(
        CaseParticipant.case_id == Case.id,
        CaseParticipant.user_id.in_(actor.ids),
        CaseParticipant.capacity == "informed",
    )
    return and_(is_open(), told, visible_cases(actor))


_HANDLING = (P.CASE_EDIT_ANSWER,)
GROUPS = (
    GroupRule("nya", _("Nya att fördela"), (P.CASE_EDIT_RESPONSIBLE,), _new),
    GroupRule("forsenade", _("Försenade"), (*_HANDLING, P.EVENT_REMIND), _overdue),
    GroupRule("snart", _("Snart sista dag"), _HANDLING, _soon),
    GroupRule("svar", _("Nytt svar från synpunktslämnaren"), (P.EVENT_REGISTER_MAIL,), _new_reply),
    GroupRule("bekrafta", _("Att bekräfta"), (P.EVENT_CONFIRM,), _to_confirm, "acknowledge_by"),
    GroupRule("klara", _("Klarmarkerade av biträdande"), (P.EVENT_ANSWER,), _made_ready),
    GroupRule("besvara", _("Att besvara"), _HANDLING, _to_answer),
    GroupRule(
        "publicera", _("Att publicera"), (P.CASE_EDIT_PUBLICATION,), _to_publish, "answered_on"
    ),
    GroupRule("avsluta", _("Att avsluta"), (P.CASE_CLOSE,), _to_close),
    GroupRule("kannedom", _("För kännedom"), (P.CASE_VIEW,), _informed),
)
"""The ten groups (domain notes §6.3), what hurries most first."""
