"""What a person has begun to write behind Välj ny händelse…, kept when the page is left.

A draft belongs to the person who wrote it: nobody else can ask for it, whatever they may do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from domain.errors import NotAllowed, RuleBroken
from domain.permissions import Actor, Permission, can
from domain.text import _
from extensions import db
from models import Case, EventDraft, Submission, utcnow
from services.once import key_hash

MAX_SIGNS = 500_000
"""More than the longest message with all that HTML adds to it."""


def save_draft(
    case: Case, template_id: int, key: str, values: Mapping[str, list[str]], *, actor: Actor
) -> EventDraft | None:
    """Keep what was typed so far in the form `key`. Raises NotAllowed, RuleBroken.

    None when that very form was carried out meanwhile: a late save must not bring it back.
    """
    if not can(actor, Permission.EVENT_NOTE, case):
        raise NotAllowed
    if sum(len(text) for texts in values.values() for text in texts) > MAX_SIGNS:
        raise RuleBroken(_("Texten är för lång. Korta ned den."))
    if _carried_out([key]):
        return None
    _put(case.id, template_id, actor, form_key=key, values=dict(values), saved_at=utcnow())
    return _find(case.id, template_id, actor)


def draft_of(case: Case, template_id: int, actor: Actor) -> EventDraft | None:
    """The unsent draft of this person."""
    row = _find(case.id, template_id, actor)
    return None if row is None or _carried_out([row.form_key]) else row


def drafted_templates(case_id: int, actor: Actor) -> frozenset[int]:
    """The templates of which this person has a draft on the case."""
    query = select(EventDraft.template_id, EventDraft.form_key).where(
        EventDraft.case_id == case_id, EventDraft.user_id == actor.id
    )
    rows = db.session.execute(query).all()
    done = _carried_out(key for _id, key in rows)
    return frozenset(row_id for row_id, key in rows if key_hash(key) not in done)


def forget_draft(case_id: int, template_id: int, actor: Actor) -> None:
    """Throw this person's draft away. Its files go when the worker tidies."""
    db.session.execute(
        delete(EventDraft).where(
            EventDraft.case_id == case_id,
            EventDraft.template_id == template_id,
            EventDraft.user_id == actor.id,
        )
    )


def _find(case_id: int, template_id: int, actor: Actor) -> EventDraft | None:
    query = select(EventDraft).where(
        EventDraft.case_id == case_id,
        EventDraft.template_id == template_id,
        EventDraft.user_id == actor.id,
    )
    return db.session.scalar(query.execution_options(populate_existing=True))


def _put(case_id: int, template_id: int, actor: Actor, **kept: Any) -> None:
    """One statement, so that two saves at once make one row and no error."""
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    place = {"user_id": actor.id, "case_id": case_id, "template_id": template_id}
    statement = insert(EventDraft).values({**place, **kept})
    db.session.execute(statement.on_conflict_do_update(index_elements=list(place), set_=kept))


def _carried_out(keys: Iterable[str]) -> set[str]:
    """The hashes of those keys whose forms were carried out."""
    hashes = [key_hash(key) for key in keys]
    if not hashes:
        return set()
    query = select(Submission.key_hash).where(Submission.key_hash.in_(hashes))
    return set(db.session.scalars(query))
