"""Twenty saves of one version at the same moment: one counts, nineteen get their text back."""

from __future__ import annotations

import html
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from threading import Barrier
from urllib.parse import urlencode, urlsplit

import pytest

from extensions import db
from models import Case
from tests.support.cases import log_of
from tests.support.client import Client
from tests.support.compose import HANDLER, hjo_case
from tests.support.forms import form_data
from tests.support.site import Site

pytestmark = [pytest.mark.usefixtures("town"), pytest.mark.row("S25"), pytest.mark.both]
MANAGER = "chef.hjo"
SAVES = 20
Sent = tuple[str, dict[str, list[str]]]
"""The cookie of a browser, and the form as it was drawn for it."""


def browser(client: Client, case: Case, username: str) -> Sent:
    """One browser in which the person has opened the case."""
    client.login(username)
    page = client.get(f"/admin/case/edit/?id={case.id}&flik=ny").text
    cookie = "; ".join(f"{c.key}={c.value}" for c in client._cookies.values())
    return cookie, form_data(page, "case-form")


def save(url: str, case_id: int, sent: Sent, **fields: str) -> tuple[int, str]:
    """Spara over a connection of its own: (status, page)."""
    cookie, form = sent
    body = urlencode({**form, "_do": "save", **fields}, doseq=True)
    connection = HTTPConnection(urlsplit(url).netloc, timeout=60)
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", f"/admin/case/edit/?id={case_id}", body, headers)
    answer = connection.getresponse()
    page = answer.read().decode()
    connection.close()
    return answer.status, html.unescape(page)


def at_once(
    url: str, case_id: int, browsers: Sequence[Sent], tabs: Sequence[str]
) -> list[tuple[int, str]]:
    """Everybody saves a text of their own, all at the same moment."""
    barrier = Barrier(SAVES)

    def one(number: int) -> tuple[int, str]:
        barrier.wait()
        words = {"f_internal_note": text(number), "_tab_token": tabs[number % len(tabs)]}
        return save(url, case_id, browsers[number % len(browsers)], **words)

    with ThreadPoolExecutor(SAVES) as pool:
        return list(pool.map(one, range(SAVES)))


def text(number: int) -> str:
    return f"KANARIE <{number:03}> & ”citat”"


@pytest.mark.parametrize(
    ("people", "tabs"),
    [
        pytest.param([HANDLER], ["samma-flik-0123456789"], id="one-tab-so-only-the-version-counts"),
        pytest.param(
            [HANDLER, MANAGER],
            [f"flik-{number:02}-0123456789" for number in range(SAVES)],
            id="two-people-in-twenty-tabs",
        ),
    ],
)
def test_of_twenty_saves_of_one_version_one_counts_and_no_text_is_lost(
    app: object, server: Site, people: list[str], tabs: list[str]
):
    case = hjo_case()
    number, before = case.id, case.version
    clients: list[Client] = [server.app.test_client() for _ in people]  # type: ignore[misc]
    browsers = [browser(c, case, who) for c, who in zip(clients, people, strict=True)]
    db.session.remove()

    answers = at_once(server.url, number, browsers, tabs)

    accepted = [i for i, (status, _page) in enumerate(answers) if status == 302]
    refused = [i for i, (status, _page) in enumerate(answers) if status == 409]
    assert (len(accepted), len(refused)) == (1, SAVES - 1), [status for status, _ in answers]
    assert all(text(i) in answers[i][1] for i in refused)
    stored = db.session.get_one(Case, number)
    assert stored.internal_note == text(accepted[0])
    assert stored.version == before + 1
    saved = [row.new for row in log_of(stored, "case.edited") if row.field == "internal_note"]
    assert saved == [text(accepted[0])]
