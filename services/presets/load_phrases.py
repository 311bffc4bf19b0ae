"""Loading standard phrases. What is there already stays as people have made it."""

from __future__ import annotations

from sqlalchemy import func, select

from extensions import db
from models import CaseType, Choice, Phrase
from services.presets.preset import Preset


def load_phrases(case_type: CaseType, preset: Preset, lists: dict[str, int]) -> None:
    """Add the phrases whose titles the case type does not have yet, after those it has."""
    of_type = Phrase.case_type_id == case_type.id
    known = set(db.session.scalars(select(Phrase.title).where(of_type)))
    last = db.session.scalar(select(func.max(Phrase.position)).where(of_type)) or 0
    for position, row in enumerate(preset.phrases, last + 1):
        if row["title"] in known:
            continue
        db.session.add(
            Phrase(
                case_type_id=case_type.id,
                choice_id=_choice_id(row["choice"], lists.get(row["list"])),
                title=row["title"],
                body=row["body"],
                position=position,
            )
        )
    db.session.flush()


def _choice_id(label: str, list_id: int | None) -> int | None:
    if not label:
        return None
    query = select(Choice.id).where(Choice.choice_list_id == list_id, Choice.label == label)
    return db.session.scalar(query)
