"""The first administrator: whom an empty installation needs before anybody can be added."""

from __future__ import annotations

from sqlalchemy import select

from domain.errors import RuleBroken
from domain.permissions import SYSTEM, Role
from domain.text import _
from extensions import db
from models import Municipality, Unit, User
from services.organisation import add_unit
from services.people import Grant, add_person, has_administrator


def create_first_administrator(username: str, name: str, email: str) -> User:
    """Make an account with the administrator's role at the top of the organisation.

    It has no password yet: the person chooses one by a one-time link. Raises RuleBroken when there
    is an active administrator: that person adds the next one, so that the log says who did.
    """
    if has_administrator():
        raise RuleBroken(_("Det finns redan en administratör. Logga in och lägg till fler där."))
    values = {"username": username, "name": name, "email": email}
    grant = Grant(role=Role.ADMINISTRATOR, unit_id=_top_unit().id)
    return add_person(values, [grant], actor=SYSTEM)


def _top_unit() -> Unit:
    """The top of the organisation; an empty installation gets one, named as the municipality."""
    top = db.session.scalar(select(Unit).where(Unit.parent_id.is_(None)).order_by(Unit.id).limit(1))
    if top is not None:
        return top
    municipality = db.session.get(Municipality, 1)
    name = municipality.name if municipality else "Kommunen"
    values = {"key": "kommunen", "name": name, "kind": "municipality", "secrecy_area": "open"}
    return add_unit(values, actor=SYSTEM)
