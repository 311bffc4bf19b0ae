"""Filling in the forms of the configuration pages as a browser would."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from werkzeug.test import TestResponse

from extensions import db
from models import AuditEntry
from tests.support.client import Client
from tests.support.forms import form_data


def fill_in(client: Client, url: str, **changes: Any) -> TestResponse:
    """Open the form at `url`, change some fields and send it. None drops a field."""
    page = client.get(url)
    assert page.status_code == 200, (url, page.status_code)
    data: dict[str, Any] = {**form_data(page.text, "config-form"), **changes}
    sent = {name: value for name, value in data.items() if value is not None}
    return client.post(url, data=sent)


def new_row_of(client: Client, url: str, rows: str) -> int:
    """The number of the first blank row of the rows called `rows` in the form at `url`."""
    data = form_data(client.get(url).text, "config-form")
    filled = {int(n.split("-")[1]) for n, v in data.items() if n.startswith(f"{rows}-") and
              n.endswith("-id") and any(v)}  # fmt: skip
    return max(filled, default=-1) + 1


def config_log(subject: str) -> list[tuple[str, str, Any, Any]]:
    """(action, field, old, new) of what people recorded about a row, in order."""
    db.session.expire_all()
    by_people = AuditEntry.actor_id.is_not(None)
    query = select(AuditEntry).where(AuditEntry.subject == subject, by_people)
    query = query.order_by(AuditEntry.id)
    return [(e.action, e.field, e.old, e.new) for e in db.session.scalars(query)]
