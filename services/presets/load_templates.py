"""Loading event templates. One that is gone from the preset is made inactive: events name it."""

from __future__ import annotations

from sqlalchemy import select

from domain.permissions import SYSTEM
from extensions import db
from models import CaseType, EventTemplate
from services.presets.preset import Preset
from services.presets.upsert import upsert
from services.template_versions import keep_version


def load_templates(case_type: CaseType, preset: Preset) -> None:
    """Bring the event menu of the case type up to date, in order."""
    for position, row in enumerate(preset.templates, 1):
        values = {key: value for key, value in row.items() if key != "key"}
        where = {"case_type_id": case_type.id, "key": row["key"]}
        upsert(EventTemplate, where, {**values, "position": position, "is_active": True})
    keys = {row["key"] for row in preset.templates}
    query = select(EventTemplate).where(EventTemplate.case_type_id == case_type.id)
    for template in db.session.scalars(query):
        if template.key not in keys:
            template.is_active = False
        keep_version(template, SYSTEM)
    db.session.flush()
