"""Versions of event templates: every save that changes one is kept, with who and when.

What was sent is not here: an event keeps its own text, whatever becomes of its template.
"""

from __future__ import annotations

from typing import Any

from domain.permissions import Actor
from extensions import db
from models import Base, EventTemplate, EventTemplateVersion, utcnow
from queries.template_versions import latest_version

TEXTS = ("subject", "body")
RULES = (
    "label", "group", "kind", "event_kind", "purpose", "position", "recipient", "conditions",
    "status_meaning", "marks_acknowledged", "marks_answered", "is_active",
)  # fmt: skip
"""The columns that a version keeps beside the texts. The key and the case type never change."""

STAYS = ("position", "is_active")
"""What bringing a version back leaves as it is: where the template stands, and whether it does."""


def keep_version(row: Base, actor: Actor) -> None:
    """Keep `row` as a new version if it is a template that differs from its latest one.

    The caller flushes. Two saves at one moment are told apart by the number, which is unique.
    """
    if not isinstance(row, EventTemplate):
        return
    last = latest_version(row.id)
    if last is not None and _content(row) == (last.subject, last.body, last.rules):
        return
    row.version = last.number + 1 if last else row.version or 1
    subject, body, rules = _content(row)
    db.session.add(
        EventTemplateVersion(
            template_id=row.id,
            number=row.version,
            subject=subject,
            body=body,
            rules=rules,
            saved_at=utcnow(),
            saved_by_id=actor.id,
        )
    )


def values_of(version: EventTemplateVersion) -> dict[str, Any]:
    """The columns that bringing `version` back sets."""
    rules = {name: value for name, value in version.rules.items() if name not in STAYS}
    return {"subject": version.subject, "body": version.body, **rules}


def _content(row: EventTemplate) -> tuple[str, str, dict[str, Any]]:
    rules = {name: getattr(row, name) for name in RULES}
    return row.subject, row.body, {**rules, "conditions": list(row.conditions)}
