"""Loading choice lists. A choice that cases may carry is never deleted, only made inactive."""

from __future__ import annotations

from typing import Any

from extensions import db
from models import CaseType, Choice, ChoiceList
from services.presets.preset import Preset
from services.presets.upsert import assign, pick, upsert


def load_lists(case_type: CaseType, preset: Preset) -> dict[str, int]:
    """List key → id of all lists of the preset, with their choices up to date."""
    found: dict[str, int] = {}
    for row in preset.lists:
        where = {"case_type_id": case_type.id, "key": row["key"]}
        choice_list = upsert(ChoiceList, where, {"name": row["name"]})
        _load_choices(choice_list, row["choices"])
        found[row["key"]] = choice_list.id
    return found


def _load_choices(choice_list: ChoiceList, rows: list[dict[str, Any]]) -> None:
    kept: set[Choice] = set()
    for position, row in enumerate(rows, 1):
        choice = _find(choice_list, row)
        if choice is None:
            choice = Choice(label=row["label"])
            choice_list.choices.append(choice)
        values = pick(row, "label", "meaning", "instruction", "aliases")
        assign(choice, {**values, "position": position, "is_active": True})
        kept.add(choice)
    for choice in choice_list.choices:
        if choice not in kept:
            choice.is_active = False
    db.session.flush()


def _find(choice_list: ChoiceList, row: dict[str, Any]) -> Choice | None:
    """The choice with the label, else the one that still has an older spelling of it."""
    by_label = {choice.label: choice for choice in choice_list.choices}
    spellings = [row["label"], *row["aliases"]]
    return next((by_label[label] for label in spellings if label in by_label), None)
