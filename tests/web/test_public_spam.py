"""The guard asks, the limits wait, and neither swallows a text (T37, T58, G32)."""

from __future__ import annotations

import re
import time

import pytest

from domain.spam import CALM_PER_HOUR, MOST_PER_HOUR, sign
from extensions import db
from public_views.sending import HourlyLimit
from tests.support.client import Client
from tests.support.fingerprint import everything
from tests.support.site import KEY, Site
from tests.web.public_site import TEXT, Parsed, cases, opened, parsed, sent

pytestmark = pytest.mark.usefixtures("app", "town")

CANARY = "127.0.0.77"


def question(page: Parsed) -> dict[str, str]:
    """The hidden word of the page's question and its right answer."""
    (word,) = re.findall(r"Skriv ordet (\S+) i rutan", page.one("form").text)
    return {"word": page.hidden("word"), "word_answer": word.capitalize()}


@pytest.mark.parametrize(
    "sign_of_a_machine",
    [
        {"website": "https://spam.example"},
        {"shown_at": sign(KEY, "shown", str(int(time.time()) + 3600))},
        {"shown_at": "1700000000.forged"},
        {"shown_at": ""},
    ],
)
def test_a_form_that_looks_like_a_machines_gets_one_question(
    client: Client, sign_of_a_machine: dict[str, str]
):
    hidden = {**opened(client), **sign_of_a_machine}
    response = sent(client, "hjo", hidden)

    page = parsed(response)
    assert response.status_code == 422
    assert cases() == []
    assert page.one("textarea", name="f_text").text.strip() == TEXT

    assert sent(client, "hjo", {**hidden, **question(page)}).status_code == 303
    assert len(cases()) == 1


def test_a_wrong_word_is_asked_again_and_the_text_stays(client: Client):
    hidden = {**opened(client), "website": "x"}
    page = parsed(sent(client, "hjo", hidden))
    answered = {**question(page), "word_answer": "fel"}

    response = sent(client, "hjo", {**hidden, **answered})

    again = parsed(response)
    assert response.status_code == 422
    assert "Det var inte rätt ord" in again.one("form").text
    assert again.one("textarea", name="f_text").text.strip() == TEXT
    assert sent(client, "hjo", {**hidden, **question(again)}).status_code == 303


def test_a_word_of_ones_own_making_is_no_answer(client: Client):
    hidden = {**opened(client), "website": "x", "word": "spam", "word_answer": "spam"}

    assert sent(client, "hjo", hidden).status_code == 422
    assert cases() == []


def test_the_trap_is_hidden_from_people(client: Client):
    page = parsed(client.get("/synpunkt/hjo"))

    trap = page.one("input", name="website")
    assert (trap.attributes["tabindex"], trap.attributes["autocomplete"]) == ("-1", "off")
    assert any("Lämna den här rutan tom" in p.text for p in page.all("div", hidden=""))


def test_five_forms_an_hour_go_through_and_the_sixth_is_asked(client: Client):
    for _ in range(CALM_PER_HOUR):
        assert sent(client, "hjo").status_code == 303

    hidden = opened(client)
    page = parsed(sent(client, "hjo", hidden))

    assert len(cases()) == CALM_PER_HOUR
    assert sent(client, "hjo", {**hidden, **question(page)}).status_code == 303


def test_the_sixty_first_form_waits_with_its_text_and_others_are_not_held_up(
    client: Client, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("public_views.submit.CALM", HourlyLimit("calm", 1000))
    for _ in range(MOST_PER_HOUR):
        assert sent(client, "hjo").status_code == 303

    response = sent(client, "hjo")

    page = parsed(response)
    assert response.status_code == 429
    assert page.one("textarea", name="f_text").text.strip() == TEXT
    assert "Vänta en stund och skicka igen" in page.one("div", role="alert").text
    assert len(cases()) == MOST_PER_HOUR

    client.environ_base["REMOTE_ADDR"] = "192.0.2.1"
    assert sent(client, "hjo").status_code == 303


def test_neither_address_nor_browser_is_stored_anywhere(client: Client, database: Site):
    client.environ_base["REMOTE_ADDR"] = CANARY
    client.environ_base["HTTP_USER_AGENT"] = "Canary-Browser/77"
    sent(client, "hjo", submitter_email="asa@example.se")

    rows = repr(everything())
    db.session.rollback()
    stored = b"".join(p.read_bytes() for p in database.data_dir.rglob("*") if p.is_file())
    for canary in (CANARY, "Canary-Browser"):
        assert canary not in rows
        assert canary.encode() not in stored
