"""Doing a thing once, however often its form is sent (double click, back, reload, replay)."""

from __future__ import annotations

import hashlib

from sqlalchemy.dialects import postgresql, sqlite

from extensions import db
from models import Submission, utcnow


def key_hash(key: str) -> str:
    """What is stored of a form's random key."""
    return hashlib.sha256(key.encode()).hexdigest()


def claim_key(key: str, case_id: int, *, form_id: int | None = None, language: str = "sv") -> bool:
    """Take `key` for this transaction. False when a form with it was already carried out.

    Two requests at once: the second waits for the first to commit, then gets False. `form_id` is
    the public form that makes the case, if one does, in `language`.
    """
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    taken = db.session.scalar(
        insert(Submission)
        .values(
            key_hash=key_hash(key),
            case_id=case_id,
            created_at=utcnow(),
            public_form_id=form_id,
            language=language,
        )
        .on_conflict_do_nothing()
        .returning(Submission.key_hash)
    )
    return taken is not None
