"""Saving, sharing and removing views of the case list; choosing its columns."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import parse_qsl, urlencode

from sqlalchemy import delete, func, select, update

from domain.errors import NotAllowed, RuleBroken
from domain.permissions import Actor, Role
from domain.text import _
from extensions import db
from models import ListColumns, SavedView
from services.audit import record

SEARCH = "sok"
"""The argument that holds words which were searched for."""

MOST = 50
LONGEST = 2000
SHARING = (Role.RESPONSIBLE, Role.OVERARCHING, Role.REGISTRAR)


def may_share(actor: Actor) -> bool:
    """Whether others may be offered one's views."""
    return any(role in SHARING for role in actor.roles)


def save_view(
    view: SavedView | None,
    *,
    case_type_id: int,
    name: str,
    address: str,
    is_shared: bool,
    is_default: bool,
    actor: Actor,
) -> SavedView:
    """Save a new view, or change one's own. Raises NotAllowed, RuleBroken naming the field."""
    if actor.id is None or (is_shared and not may_share(actor)):
        raise NotAllowed
    name = " ".join(name.split())
    if not name:
        raise RuleBroken(_("Skriv vad vyn ska heta."), field="name")
    if len(address) > LONGEST:
        raise RuleBroken(_("Listan är avgränsad till för mycket för att sparas. Ta bort något."))
    _check_name(view, case_type_id, name, actor)
    if view is None:
        view = SavedView(user_id=actor.id, case_type_id=case_type_id)
        db.session.add(view)
    was_shared = bool(view.is_shared)
    view.name, view.is_shared, view.is_default = name[:80], is_shared, is_default
    view.address = without_words(address) if is_shared else address
    db.session.flush()
    if is_default:
        _only_default(view)
    if is_shared or was_shared:
        record(actor, "view.shared" if is_shared else "view.unshared", subject=_subject(view),
               new={"name": view.name, "address": view.address})  # fmt: skip
    return view


def _check_name(view: SavedView | None, case_type_id: int, name: str, actor: Actor) -> None:
    mine = (SavedView.user_id == actor.id, SavedView.case_type_id == case_type_id)
    query = select(SavedView).where(*mine, func.lower(SavedView.name) == name.lower())
    if view is not None:
        query = query.where(SavedView.id != view.id)
    if db.session.scalar(query.limit(1)) is not None:
        raise RuleBroken(_("Du har redan en vy med det namnet. Välj ett annat."), field="name")
    count = db.session.scalar(select(func.count()).select_from(SavedView).where(*mine)) or 0
    if view is None and count >= MOST:
        raise RuleBroken(_("Du har redan 50 vyer. Ta bort någon först."))


def _only_default(view: SavedView) -> None:
    db.session.execute(
        update(SavedView)
        .where(SavedView.user_id == view.user_id, SavedView.case_type_id == view.case_type_id)
        .where(SavedView.id != view.id)
        .values(is_default=False)
    )


def without_words(address: str) -> str:
    """The address without what was searched for: that stays with the one who searched."""
    return urlencode([(key, value) for key, value in parse_qsl(address) if key != SEARCH])


def remove_view(view: SavedView, *, actor: Actor) -> None:
    """Remove one's own view. Raises NotAllowed."""
    if view.user_id != actor.id:
        raise NotAllowed
    if view.is_shared:
        record(actor, "view.removed", subject=_subject(view), old=view.name)
    db.session.delete(view)


def choose_columns(case_type_id: int, keys: Sequence[str], *, actor: Actor) -> None:
    """Show these columns, in this order; none for those of the case type again."""
    if actor.id is None:
        raise NotAllowed
    mine = (ListColumns.user_id == actor.id, ListColumns.case_type_id == case_type_id)
    db.session.execute(delete(ListColumns).where(*mine))
    if keys:
        row = ListColumns(user_id=actor.id, case_type_id=case_type_id, keys=list(keys))
        db.session.add(row)
    db.session.flush()


def _subject(view: SavedView) -> str:
    return f"saved_views {view.id}"
