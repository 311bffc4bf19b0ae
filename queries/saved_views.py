"""Saved views and chosen columns of the case list, for one person."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from domain.permissions import Actor
from domain.row_ids import row_id
from extensions import db
from models import ListColumns, SavedView


def views_for(actor: Actor, case_type_id: int) -> list[SavedView]:
    """The own views and those that others share, by name."""
    query = (
        select(SavedView)
        .where(SavedView.case_type_id == case_type_id)
        .where(or_(SavedView.user_id == actor.id, SavedView.is_shared))
        .options(joinedload(SavedView.user))
        .order_by(SavedView.name, SavedView.id)
    )
    return list(db.session.scalars(query))


def own_views(actor: Actor) -> list[SavedView]:
    """Everything that one has saved, of all case types."""
    query = select(SavedView).where(SavedView.user_id == actor.id)
    return list(db.session.scalars(query.order_by(SavedView.case_type_id, SavedView.name)))


def own_view(number: object, actor: Actor) -> SavedView | None:
    """One's own view; somebody else's does not exist here."""
    key = row_id(number)
    if key is None:
        return None
    query = select(SavedView).where(SavedView.id == key, SavedView.user_id == actor.id)
    return db.session.scalar(query)


def chosen_columns(actor: Actor, case_type_id: int) -> list[str]:
    """Keys of the columns that the person has chosen; none for the case type's own."""
    if actor.id is None:
        return []
    row = db.session.get(ListColumns, (actor.id, case_type_id))
    return list(row.keys) if row else []
