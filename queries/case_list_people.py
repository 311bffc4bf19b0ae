"""The people on a page of the case list: names in the rows, and whom one can narrow it to."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import and_, exists, or_, select

from extensions import db
from models import RoleAssignment, User
from queries.people import RESPONSIBLE_ROLES


@dataclass(frozen=True)
class Handler:
    """Somebody with a name; `is_handler` when the person can be responsible for such cases."""

    id: int
    name: str
    is_handler: bool


def handlers_and(case_type_id: int, user_ids: set[int]) -> list[Handler]:
    """Who can be responsible for cases of this type, and `user_ids`, by name. One query."""
    own_type = RoleAssignment.case_type_id
    handles = and_(
        User.is_active,
        exists().where(
            RoleAssignment.user_id == User.id,
            RoleAssignment.role.in_(RESPONSIBLE_ROLES),
            or_(own_type.is_(None), own_type == case_type_id),
        ),
    )
    statement = select(User.id, User.name, handles).where(or_(handles, User.id.in_(user_ids)))
    rows = db.session.execute(statement.order_by(User.sort_key, User.id))
    return [Handler(user_id, name, bool(is_handler)) for user_id, name, is_handler in rows]
