"""Utkast: what a person typed into a case and has not saved, kept when a lock or tab is lost."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from domain.permissions import Actor
from extensions import db
from models import Case, CaseDraft, utcnow
from services.upserts import upsert_into

KEPT_FOR = timedelta(days=30)
LARGEST = 400_000
"""Characters of one draft. Fields have limits of their own; more than this was not typed."""


def keep_draft(
    case: Case, fields: Iterable[tuple[str, str]], seen_version: int, cause: str, *, actor: Actor
) -> CaseDraft | None:
    """Keep the fields of the form, as they were sent, instead of the draft before.

    None for somebody without an account, and for more text than anybody types.
    """
    values: dict[str, list[str]] = {}
    for name, value in fields:
        values.setdefault(name, []).append(value)
    if actor.id is None or sum(len(v) for kept in values.values() for v in kept) > LARGEST:
        return None
    written = {
        "values": values,
        "seen_version": seen_version,
        "cause": cause,
        "saved_at": utcnow(),
    }
    db.session.execute(
        upsert_into(CaseDraft)
        .values(user_id=actor.id, case_id=case.id, **written)
        .on_conflict_do_update(index_elements=[CaseDraft.user_id, CaseDraft.case_id], set_=written)
    )
    return draft_of(case, actor)


def draft_of(case: Case, actor: Actor) -> CaseDraft | None:
    """The draft that this person has on this case."""
    return db.session.scalar(
        select(CaseDraft)
        .where(CaseDraft.case_id == case.id, CaseDraft.user_id == actor.id)
        .execution_options(populate_existing=True)
    )


def drop_draft(case: Case, actor: Actor) -> None:
    """Throw the draft away: it was saved, or is not wanted."""
    db.session.execute(
        delete(CaseDraft)
        .where(CaseDraft.case_id == case.id, CaseDraft.user_id == actor.id)
        .execution_options(synchronize_session=False)
    )


def purge_drafts(now: datetime) -> None:
    """Remove drafts that nobody came back to. For the worker."""
    db.session.execute(delete(CaseDraft).where(CaseDraft.saved_at < now - KEPT_FOR))
