"""Who stands in for whom on a day."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from extensions import db
from models import StandIn, User


def absent_people(user_id: int, day: date) -> list[User]:
    """The active people for whom this person stands in on `day`. One query when there are none."""
    statement = (
        select(User)
        .join(StandIn, StandIn.absent_id == User.id)
        .where(StandIn.stand_in_id == user_id, User.is_active)
        .where(StandIn.first_day <= day, StandIn.last_day >= day)
        .order_by(User.id)
    )
    return list(db.session.scalars(statement).unique())


def stand_ins_of(user_id: int, day: date) -> list[User]:
    """The active people who stand in for this person on `day`, by name."""
    statement = (
        select(User)
        .join(StandIn, StandIn.stand_in_id == User.id)
        .where(StandIn.absent_id == user_id, User.is_active)
        .where(StandIn.first_day <= day, StandIn.last_day >= day)
        .order_by(User.sort_key, User.id)
    )
    return list(db.session.scalars(statement).unique())


def own_rows(user_id: int, day: date) -> list[StandIn]:
    """The stand-ins that this person has on `day` or will have, soonest first."""
    statement = (
        select(StandIn)
        .where(StandIn.absent_id == user_id, StandIn.last_day >= day)
        .options(joinedload(StandIn.stand_in))
        .order_by(StandIn.first_day, StandIn.id)
    )
    return list(db.session.scalars(statement).unique())


def rows_to_serve(user_id: int, day: date) -> list[StandIn]:
    """The times at which this person stands in for somebody, now or later."""
    statement = select(StandIn).where(StandIn.stand_in_id == user_id, StandIn.last_day >= day)
    return list(db.session.scalars(statement.order_by(StandIn.id)))


def overlaps(row: StandIn) -> bool:
    """Whether the same stand-in has another row for the same person on some of these days."""
    statement = select(StandIn.id).where(
        StandIn.absent_id == row.absent_id,
        StandIn.stand_in_id == row.stand_in_id,
        StandIn.first_day <= row.last_day,
        StandIn.last_day >= row.first_day,
    )
    return any(found != row.id for found in db.session.scalars(statement))
