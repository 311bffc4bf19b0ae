"""Loading a preset into the database. Loading again brings rows up to date and loses nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from domain.errors import NotAllowed
from domain.permissions import SYSTEM, Actor, Permission, can
from extensions import db
from models import CaseType
from services.audit import record
from services.presets.load_forms import load_forms
from services.presets.load_grounds import load_grounds
from services.presets.load_lists import load_lists
from services.presets.load_phrases import load_phrases
from services.presets.load_tabs import load_tabs
from services.presets.load_templates import load_templates
from services.presets.load_units import load_units
from services.presets.preset import Preset
from services.presets.upsert import pick, upsert
from services.presets.validating import read_preset

PUBLISHING = (
    "publishes", "publish_days", "publish_working_days", "unpublish_months", "two_eyes", "noindex",
    "publishes_measures",
)  # fmt: skip


@dataclass(frozen=True)
class Loaded:
    """What was loaded. `positions` are the rows of organisation.toml that people must fill."""

    case_type_id: int
    name: str
    counts: dict[str, int]
    positions: list[dict[str, Any]]


def load_preset(name_or_path: str, *, actor: Actor) -> Loaded:
    """Validate and load a preset, all of it or nothing.

    Rows are found by their keys. What a preset no longer has is made inactive where cases may
    use it (choices, event templates, forms). Raises PresetFault, NotAllowed.
    """
    if actor != SYSTEM and not can(actor, Permission.CONFIG_CASE_TYPES):
        raise NotAllowed
    preset = read_preset(name_or_path)
    case_type = _load_case_type(preset)
    lists = load_lists(case_type, preset)
    load_tabs(case_type, preset, lists)
    load_templates(case_type, preset)
    units = load_units(preset)
    load_forms(case_type, preset, lists, units)
    load_phrases(case_type, preset, lists)
    load_grounds()
    counts = _counts(preset)
    record(
        actor,
        "preset.loaded",
        subject=f"case_types {case_type.id}",
        new={"preset": preset.name, **counts},
    )
    return Loaded(case_type.id, case_type.name, counts, preset.organisation["positions"])


def _load_case_type(preset: Preset) -> CaseType:
    row = preset.case_type
    values = {
        **pick(row, "name", "acknowledge_days", "answer_days", "secrecy_class", "mail_content"),
        **pick(row, "reminds", "remind_before", "remind_every", *PUBLISHING),
        "sender_name": row["sender"]["name"],
        "sender_email": row["sender"]["email"],
        "list_columns": row["list_columns"],
        "is_active": True,
    }
    known = db.session.scalar(select(CaseType.id).where(CaseType.key == row["key"]))
    if known is None:
        values["position"] = db.session.scalar(select(func.count(CaseType.id))) or 0
    return upsert(CaseType, {"key": row["key"]}, values)


def _counts(preset: Preset) -> dict[str, int]:
    return {
        "tabs": len(preset.tabs),
        "fields": len(preset.fields),
        "choices": sum(len(row["choices"]) for row in preset.lists),
        "event_templates": len(preset.templates),
        "public_forms": len(preset.forms),
        "phrases": len(preset.phrases),
        "units": len(preset.organisation["units"]),
    }
