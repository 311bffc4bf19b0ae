"""A new case: from the public form, from Nytt ärende, from a copy."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from domain.clock import local_date
from domain.errors import RuleBroken
from domain.layout import CaseTypeLayout
from domain.meanings import Meaning
from domain.permissions import Actor
from domain.secrecy_border import Passing, PeopleBeyond, check_passing
from domain.sorting import sort_key
from domain.text import _
from domain.titles import title_from
from extensions import db
from models import Case, CaseOriginal, Submitter, utcnow
from queries.configuration import configuration
from services import audit, notices
from services.cases.checks import (
    check_choice,
    check_participants,
    check_responsible,
    check_unit,
)
from services.cases.deadlines import set_deadlines
from services.cases.showing import border_to_people, record_showing
from services.cases.values import field_of, write_value


def open_case(
    layout: CaseTypeLayout,
    values: dict[str, Any],
    *,
    actor: Actor,
    registered_at: datetime | None = None,
    notify: bool = True,
    is_protected: bool = False,
    passing: Passing | None = None,
) -> Case:
    """Register a case from `values` (core or custom field key → value; choices by id).

    `text` must be given; a missing title is made from it, a missing day of arrival is today, and
    a unit brings its default responsible. The responsible is told by mail; with `is_protected`
    (skyddade personuppgifter) no mail says who has written. `passing` is the decision that people
    beyond a border of secrecy may read it. Raises PeopleBeyond, RuleBroken.
    """
    now = registered_at or utcnow()
    _check(layout, values)
    case = _bare_case(layout, values, actor, now)
    case.submitter.is_protected = is_protected
    for key, value in values.items():
        if key not in ("text", "title", "received_on", "status"):
            write_value(case, field_of(layout, key), value)
    _set_default_responsible(case)
    db.session.add(case)
    db.session.flush()
    db.session.add(CaseOriginal(case_id=case.id, title=case.title, text=case.text, created_at=now))
    audit.record(actor, "case.opened", case_id=case.id, new={"title": case.title})
    shown = border_to_people(case, values)
    check_passing(shown, passing, PeopleBeyond)
    if shown and passing:
        record_showing(case, shown, passing, actor)
    if notify:
        _tell(case, actor)
    return case


def _check(layout: CaseTypeLayout, values: dict[str, Any]) -> None:
    for key, value in values.items():
        check_choice(field_of(layout, key), value)
    if "unit" in values:
        check_unit(values["unit"])
    check_responsible(values.get("responsible"), values.get("unit"), layout.id)
    check_participants(values)


def _bare_case(layout: CaseTypeLayout, values: dict[str, Any], actor: Actor, now: datetime) -> Case:
    text = values.get("text") or ""
    if not text.strip():
        raise RuleBroken(_("Skriv vad synpunkten handlar om."), field="text")
    title = (values.get("title") or "").strip() or title_from(text)
    case = Case(
        case_type_id=layout.id,
        title=title,
        title_key=sort_key(title, 600),
        text=text,
        received_on=values.get("received_on") or local_date(now),
        registered_at=now,
        created_by_id=actor.id,
        status_id=values.get("status") or _new_status(layout),
        submitter=Submitter(),
        choices=[],
        participants=[],
        values={},
    )
    set_deadlines(case, layout)
    return case


def _new_status(layout: CaseTypeLayout) -> int:
    choice = layout.choice_meaning(Meaning.STATUS_NEW, "status")
    if choice is None:
        raise RuleBroken(_("Ärendetypen saknar en status för nya ärenden."))
    return choice.id


def _set_default_responsible(case: Case) -> None:
    unit = configuration().units_by_id.get(case.unit_id or 0)
    if case.responsible_id is None and unit is not None:
        case.responsible_id = unit.default_responsible_id


def _tell(case: Case, actor: Actor) -> None:
    """Mail those who must know (mail matrix): registrars of the type, and the responsible."""
    notices.notify_registrars(case)
    if case.responsible_id not in (None, actor.id):
        notices.notify_responsible(case, actor=actor)
    tell_participants(case, list(case.participants), actor)


def tell_participants(case: Case, added: list[Any], actor: Actor) -> None:
    """Mail each newly added assistant and each person who is informed, once."""
    for participant in added:
        if participant.user_id == actor.id:
            continue
        if participant.capacity == "assistant":
            notices.notify_assistant(case, participant.user, actor=actor)
        else:
            notices.notify_informed(case, participant.user, actor=actor)
