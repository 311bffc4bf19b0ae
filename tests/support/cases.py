"""Short words for tests about cases: who, which type, which choice, a new case."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from domain.layout import CaseTypeLayout
from domain.permissions import SYSTEM, Actor
from extensions import db
from models import AuditEntry, Case, OutboxMessage, User
from queries.configuration import configuration
from queries.duties import duties_of
from services.actors import actor_of
from services.cases import edit_case, open_case
from services.handover import Choices, hand_over
from services.secret_links import issue_link

HJO = "synpunkt-hjo"
SODERTALJE = "synpunkter-och-klagomal"
SUBMITTER = {
    "submitter_name": "Berit Ek",
    "submitter_email": "berit.ek@example.org",
    "submitter_address": "Storgatan 1",
    "submitter_postal": "544 30 Hjo",
}


def person(username: str) -> User:
    """The person with this user name."""
    return db.session.scalars(select(User).filter_by(username=username)).one()


def actor(username: str) -> Actor:
    """The same, as the rules see the person."""
    return actor_of(person(username))


def layout(key: str) -> CaseTypeLayout:
    found = configuration().case_type(key)
    assert found is not None, key
    return found


def unit_id(name: str) -> int:
    """The unit with this name."""
    return next(u.id for u in configuration().units if u.name == name)


def choice(type_key: str, field: str, label: str) -> int:
    """The id of a choice by the label that people see."""
    items = layout(type_key).fields[field].choices
    return next(c.id for c in items if c.label == label)


def new_case(type_key: str = HJO, **values: Any) -> Case:
    """A case as it comes from a citizen, committed. Choice fields take ids (see choice())."""
    given = {"text": "Det är svårt att se trafiken vid utfarten.", **SUBMITTER, **values}
    case = open_case(layout(type_key), given, actor=SYSTEM)
    issue_link(case)
    db.session.commit()
    return case


def edit(case: Case, username: str, **values: Any) -> list[str]:
    """Save `values` on the case as this person, without committing."""
    found = configuration().case_type(case.case_type_id)
    assert found is not None
    db.session.flush()
    return edit_case(case, found, values, seen_version=case.version, actor=actor(username))


def free(username: str) -> User:
    """The person, after all that hangs on them was given away: roles can be withdrawn. Commits."""
    user = person(username)
    duties = duties_of(user.id)
    groups, units = {g.key: None for g in duties.groups}, {u.id: None for u in duties.units}
    hand_over(user, Choices(groups, None, units), actor=actor("admin"))
    db.session.commit()
    return user


def log_of(case: Case, action: str = "") -> list[AuditEntry]:
    """The lines of the change log about a case, oldest first."""
    db.session.commit()  # lines are written when the change is committed
    statement = select(AuditEntry).filter_by(case_id=case.id).order_by(AuditEntry.id)
    rows = db.session.scalars(statement)
    return [row for row in rows if not action or row.action == action]


def mails(purpose: str = "") -> list[OutboxMessage]:
    """What lies in the outbox, oldest first."""
    rows = db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))
    return [row for row in rows if not purpose or row.purpose == purpose]
