"""A reply page in a few words: its address, events and files on the case, a message from it."""

from __future__ import annotations

from typing import Any

from werkzeug.test import TestResponse

from domain.permissions import CITIZEN
from extensions import db
from models import Case, Event
from services.events import add_event
from services.secret_links import issue_link
from tests.support.client import Client
from tests.support.files import attach_file
from tests.unit.file_zoo import PDF
from tests.web.public_site import parsed, post


def reply_path(case: Case) -> str:
    path = issue_link(case).path
    db.session.commit()
    return path


def add(case: Case, kind: str, purpose: str, body: str, state: str = "sent") -> Event:
    event = add_event(
        case, kind=kind, purpose=purpose, title="Svar på din synpunkt",
        body=f"<div>{body}</div>", state=state, actor=CITIZEN,
    )  # fmt: skip
    db.session.commit()
    return event


def hidden_key(client: Client, path: str) -> dict[str, str]:
    return {"form_key": parsed(client.get(path)).hidden("form_key")}


def write(client: Client, path: str, text: str, **more: Any) -> TestResponse:
    data = {**hidden_key(client, path), "text": text, **more}
    return post(client, path, data)


def attach(
    case: Case, name: str, source: str, event: Event | None = None, *, content: bytes = PDF
) -> str:
    """A file of the case; returns its public id."""
    return attach_file(case, name, content, source=source, event=event).public_id
