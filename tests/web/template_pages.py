"""What the tests of the event template pages share."""

from __future__ import annotations

from typing import Any

from werkzeug.test import TestResponse

from extensions import db
from models import EventTemplate, EventTemplateVersion
from tests.support.client import Client
from tests.support.config import fill_in


def template(key: str = "confirmation-email") -> EventTemplate:
    """The first template with this key, as it is stored now."""
    db.session.expire_all()
    query = db.select(EventTemplate).filter_by(key=key).order_by(EventTemplate.id)
    found = db.session.scalars(query).first()
    assert found is not None
    return found


def template_url(key: str = "confirmation-email") -> str:
    return f"/admin/event-templates/edit/?id={template(key).id}"


def version_numbers(template_id: int | None = None) -> list[int]:
    """The numbers of a template's versions, newest first."""
    query = db.select(EventTemplateVersion.number).filter_by(
        template_id=template_id or template().id
    )
    return list(db.session.scalars(query.order_by(EventTemplateVersion.number.desc())))


def preview(
    client: Client, key: str = "confirmation-email", deed: str = "preview", **changes: Any
) -> TestResponse:
    """Press Förhandsgranska with these texts in the form."""
    return fill_in(client, template_url(key), _do=deed, **changes)
