"""Every staff page that shows something of a case leaves a line in the access log."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from extensions import db
from forms.config.log_words import ACTIONS, READINGS
from models import AccessEntry, Case, Event
from tests.house.sources import python_files, tree
from tests.support.cases import person
from tests.support.client import Client
from tests.support.event_cards import deed, fetched, paper
from tests.support.files import attach_file, worker_looks
from tests.support.letters import CHIEF, HANDLER, hjo_case, letter

# Pages that take a case and show nothing of it beyond what the page before them showed.
EXCEPTIONS = {
    "case_commands.reopen": "asks for the reason",
    "case_commands.thumbnail": "a part of the case page, whose reading is recorded",
    "case_event_commands.remove": "asks before an event is removed",
    "case_event_commands.void": "asks before an event is voided",
    "case_link.reissue": "explains what a new link does",
    "case_marks.flag": "asks for the reason of a flag",
    "case_copy.copy": "names the fields that go along to the copy",
    "case_moving.responsible": "asks whom the case goes to",
    "case_moving.unit": "asks where the case goes",
    "case_hand_out.hand_out": "the choice of what to hand out; looking at the copy is recorded",
    "case_transfer.transfer": "asks which process, and why",
    "case_related.answer": "numbers and titles, as the list shows them",
    "case_related.show": "numbers and titles, as the list shows them",
    "case_print.choose": "the choice of what to print; the document is recorded",
}
# Pages that take a case under another name than case_id.
NAMED_OTHERWISE = {"bulk_letters.pdf", "case.edit_view"}


def printed(client: Client, case: Case, _event: Event) -> str:
    """The address of the document that Skriv ut leads to."""
    sent = client.post(
        f"/admin/case/print/{case.id}", data={"as": "word", "parts": ["text"], "files": "none"}
    )
    return str(sent.location)


def file_of(client: Client, case: Case, _event: Event) -> str:
    row = attach_file(case, "plan.txt", b"En plan.")
    worker_looks()
    return f"/admin/case/do/{case.id}/file/{row.public_id}"


Address = Callable[[Client, Case, Event], str]
PAGES: dict[str, tuple[str, Address]] = {
    "bulk_letters.pdf": ("letter", lambda _c, x, _e: f"/admin/case/bulk-letters/pdf?rowid={x.id}"),
    "case.edit_view": ("case", lambda _c, x, _e: f"/admin/case/edit/?id={x.id}"),
    "case_commands.file": ("file", file_of),
    "case_event_commands.edit": ("event", lambda _c, _x, e: deed(e, "edit")),
    "case_event_commands.versions": ("event", lambda _c, _x, e: deed(e, "versions")),
    "case_events.compose": ("event", lambda _c, x, _e: f"/admin/case/event/{x.id}/note"),
    "case_history.accesses": ("history", lambda _c, x, _e: f"/admin/case/history/{x.id}/readers"),
    "case_history.changes": ("history", lambda _c, x, _e: f"/admin/case/history/{x.id}"),
    "case_letters.pdf": ("letter", lambda _c, _x, e: paper(e, "pdf")),
    "case_letters.show": ("letter", lambda _c, _x, e: paper(e, "show")),
    "case_letters.word": ("letter", lambda _c, _x, e: paper(e, "word")),
    "case_print.document": ("print", printed),
    "case_publishing.text": ("publishing", lambda _c, x, _e: f"/admin/case/publishing/{x.id}"),
    "case_secrecy.mark": ("secrecy", lambda _c, x, _e: f"/admin/case/secrecy/{x.id}/case"),
}


def takes_a_case(rule: Rule) -> bool:
    is_staff = rule.rule.startswith("/admin/") and "GET" in (rule.methods or ())
    return is_staff and ("case_id" in rule.arguments or rule.endpoint in NAMED_OTHERWISE)


def lines(case: Case) -> list[tuple[str, str]]:
    """(who, what) of every line about the case, oldest first."""
    db.session.commit()
    query = select(AccessEntry).filter_by(case_id=case.id).order_by(AccessEntry.id)
    return [(row.actor_name, row.what) for row in db.session.scalars(query)]


def test_every_page_of_a_case_is_recorded_or_an_exception_with_its_reason(app: Flask):
    found = {rule.endpoint for rule in app.url_map.iter_rules() if takes_a_case(rule)}
    assert found == set(PAGES) | set(EXCEPTIONS)
    assert {what for what, _address in PAGES.values()} <= set(READINGS)


@pytest.mark.row("S24")
@pytest.mark.usefixtures("town")
@pytest.mark.parametrize("endpoint", PAGES)
def test_reading_is_recorded_and_being_refused_is_not_a_reading(client: Client, endpoint: str):
    case = hjo_case()
    event = letter(case)
    assert event is not None
    what, address = PAGES[endpoint]
    client.login("chef.hjo" if endpoint.startswith("case_history") else HANDLER)
    url = address(client, case, event)
    before = lines(case)
    fetched(client, url)
    name = person("chef.hjo" if endpoint.startswith("case_history") else HANDLER).name
    assert lines(case) == [*before, (name, what)]

    client.login(CHIEF)  # of another town
    assert client.get(url).status_code == 404
    assert lines(case) == [*before, (name, what)]


def test_every_deed_has_a_word(app: Flask):
    written = {
        node.value
        for path in python_files("services", "web")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(
            r"(access|case|event|attachment|lock|secrecy|mail|publication)\.[a-z-]+", node.value
        )
    }
    assert {"access.refused", "case.edited", "event.removed"} < written
    assert written <= set(ACTIONS), written - set(ACTIONS)


def test_a_list_is_no_reading(client: Client, town: object):
    case = hjo_case()
    client.login(HANDLER)
    assert client.get("/admin/case/?type=synpunkt-hjo").status_code == 200
    assert lines(case) == []
