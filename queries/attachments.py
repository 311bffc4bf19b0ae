"""Reading attachments: always by case and random id together, so that no id opens another case."""

from __future__ import annotations

from sqlalchemy import select

from extensions import db
from models import Attachment


def attachment_of(case_id: int, public_id: str) -> Attachment | None:
    """One file of one case, unless it was removed."""
    return db.session.scalar(
        select(Attachment).where(
            Attachment.case_id == case_id,
            Attachment.public_id == public_id,
            Attachment.removed_at.is_(None),
        )
    )
