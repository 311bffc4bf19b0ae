"""Event cards as a browser gets them: addresses, papers, buttons."""

from __future__ import annotations

import re
import threading

from werkzeug.test import TestResponse

from extensions import db
from models import Event
from tests.support.client import Client

PAPER = "/admin/case/letters/{}/{}/{}"
EVENT = "/admin/case/events/{}/{}/{}"


def paper(event: Event, what: str) -> str:
    """The address of a letter's paper: show, pdf, word, post."""
    return PAPER.format(event.case_id, event.number, what)


def deed(event: Event, what: str) -> str:
    """The address of a deed on an event: edit, versions, remove, void."""
    return EVENT.format(event.case_id, event.number, what)


def fetched(client: Client, url: str) -> TestResponse:
    """The file at `url`; a slow machine is asked again, as the page tells the browser to."""
    for _try in range(40):
        answer = client.get(url)
        if answer.status_code != 202:
            break
        threading.Event().wait(0.5)
    assert answer.status_code == 200, answer.status
    return answer


def card(client: Client, event: Event) -> str:
    """The HTML of the card of `event` on the case's page."""
    page = client.get(f"/admin/case/edit/?id={event.case_id}").text
    found = re.search(rf'<article[^>]*id="handelse-{event.number}".*?</article>', page, re.S)
    assert found, page
    return found[0]


def buttons(client: Client, event: Event) -> list[str]:
    """The labels of the buttons on the card, in order."""
    row = card(client, event).partition('class="event-actions"')[2]
    labels = re.findall(r"</svg>\s*([^<]+?)\s*<span", row)
    return [label.strip() for label in labels]


def again(event: Event) -> Event:
    """The event as the database has it now."""
    db.session.expire_all()
    return db.session.get_one(Event, event.id)
