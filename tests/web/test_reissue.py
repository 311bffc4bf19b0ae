"""Ny länk och kod till svarssidan: shown once, the old ones dead, nothing done by looking."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from extensions import current_settings, db
from models import Case, Event, SecretLink, utcnow
from services.link_seals import seal, unseal
from services.secret_links import find_by_code, find_case, first_link, known_link
from tests.support.cases import HJO, log_of, mails, new_case, person, unit_id
from tests.support.client import Client
from tests.support.fingerprint import everything
from tests.web.public_site import parsed

pytestmark = pytest.mark.usefixtures("town")


@pytest.fixture
def case(app: Flask) -> Case:
    found = new_case(HJO, unit=unit_id("Fritid"), responsible=person("handlaggare.hjo").id)
    for message in mails():
        message.state = "sent"
    db.session.commit()
    return found


def path(case: Case) -> str:
    return f"/admin/case/link/{case.id}"


def key_on(answer: TestResponse) -> str:
    return parsed(answer).hidden("key")


def issue(client: Client, case: Case) -> TestResponse:
    return client.post(path(case), data={"key": key_on(client.get(path(case)))})


@pytest.mark.row("H17")
def test_the_new_number_code_and_link_are_shown_and_open_the_reply_page(
    client: Client, case: Case
) -> None:
    client.login("handlaggare.hjo")
    page = client.get(f"/admin/case/edit/?id={case.id}").text
    assert f'href="{path(case)}"' in page
    answer = issue(client, case)
    link = known_link(case)
    assert link is not None
    main = parsed(answer).one("main").text
    assert link.code in main
    assert current_settings().base_url + link.path in main
    assert answer.headers["Cache-Control"] == "no-store"
    assert client.get(link.path).status_code == 200
    opened = client.post("/svar", data={"number": str(case.id), "code": link.code})
    assert opened.location == link.path


def test_the_old_link_and_code_die_and_the_change_is_logged(client: Client, case: Case) -> None:
    old = known_link(case)
    assert old is not None
    client.login("handlaggare.hjo")
    issue(client, case)
    assert find_case(old.token) is None
    assert find_by_code(case.id, old.code) is None
    gone = client.get(old.path)
    assert gone.status_code == 404
    assert "Länken fungerar inte" in gone.text
    assert 'href="/svar"' in gone.text
    wrong = client.post("/svar", data={"number": str(case.id), "code": old.code})
    assert wrong.status_code == 422
    (line,) = log_of(case, "case.link-reissued")
    assert line.actor_name == "Christer Svensson"
    assert (line.old, line.new) == (None, None)


def test_looking_at_the_page_changes_nothing(client: Client, case: Case) -> None:
    client.login("handlaggare.hjo")
    client.get(path(case))
    before = everything()
    for _time in range(5):
        client.get(path(case))
        client.head(path(case))
    assert everything() == before


def test_a_reload_shows_nothing_twice_and_issues_nothing_more(client: Client, case: Case) -> None:
    client.login("handlaggare.hjo")
    data = {"key": key_on(client.get(path(case)))}
    assert client.post(path(case), data=data).status_code == 200
    link = known_link(case)
    again = client.post(path(case), data=data, follow_redirects=True)
    assert link is not None
    assert link.code not in again.text
    assert link.token not in again.text
    assert "visas bara en gång" in again.text
    assert known_link(case) == link
    assert db.session.query(SecretLink).filter_by(case_id=case.id).count() == 2


def test_without_a_key_nothing_is_issued(client: Client, case: Case) -> None:
    client.login("handlaggare.hjo")
    old = known_link(case)
    assert client.post(path(case)).status_code == 400
    assert known_link(case) == old


@pytest.mark.parametrize(
    ("username", "status"),
    [("registrator.hjo", 200), ("handlaggare.hjo", 200), ("lasare.omsorg", 404), ("admin", 403)],
)
def test_who_may_issue(client: Client, case: Case, username: str, status: int) -> None:
    client.login(username)
    assert client.get(path(case)).status_code == status
    if status != 200:
        old = known_link(case)
        assert client.post(path(case), data={"key": "k"}).status_code == status
        assert client.post(f"{path(case)}/mail", data={"key": "k"}).status_code == status
        assert known_link(case) == old


def test_a_closed_case_can_have_a_new_link_too(client: Client, case: Case) -> None:
    client.login("handlaggare.hjo")
    case.closed_at, case.closed_by_id = utcnow(), person("handlaggare.hjo").id
    db.session.commit()
    assert issue(client, case).status_code == 200


def test_the_link_goes_by_mail_once_with_the_code(client: Client, case: Case) -> None:
    client.login("handlaggare.hjo")
    shown = issue(client, case)
    data = {"key": key_on(shown)}
    sent = client.post(f"{path(case)}/mail", data=data, follow_redirects=True)
    assert "Mejlet med den nya länken skickas nu." in sent.text
    twice = client.post(f"{path(case)}/mail", data=data, follow_redirects=True)
    assert "Mejlet var redan skickat." in twice.text
    (mail,) = mails("new_link")
    link = known_link(case)
    assert link is not None
    assert link.code not in mail.text  # sealed in the database
    text = unseal(mail.text, case.id)
    assert link.code in text
    assert link.path in text
    event = db.session.get_one(Event, mail.event_id)
    assert (event.kind, event.purpose, event.state) == ("sent_email", "other", "queued")
    assert link.code not in event.body
    assert link.token not in event.body


def test_the_code_of_a_sensitive_case_is_never_mailed(client: Client, case: Case) -> None:
    case.is_secret = True
    db.session.commit()
    client.login("handlaggare.hjo")
    shown = issue(client, case)
    link = known_link(case)
    assert link is not None
    assert link.code in shown.text  # on the screen, to hand over
    assert "Koden följer inte med" in shown.text
    client.post(f"{path(case)}/mail", data={"key": key_on(shown)})
    (mail,) = mails("new_link")
    for part in (mail.text, mail.html, mail.subject):
        assert link.code not in unseal(part, case.id)


def test_without_an_address_no_mail_is_offered(client: Client, app: Flask) -> None:
    case = new_case(HJO, unit=unit_id("Fritid"), submitter_email="")
    client.login("registrator.hjo")
    shown = issue(client, case)
    assert "Skicka länken med e-post" not in shown.text
    refused = client.post(f"{path(case)}/mail", data={"key": "k"}, follow_redirects=True)
    assert "har inte lämnat någon e-postadress" in refused.text
    assert mails("new_link") == []


def test_the_old_receipt_page_never_shows_the_new_link(client: Client, case: Case) -> None:
    client.login("handlaggare.hjo")
    assert first_link(case) is not None
    issue(client, case)
    assert first_link(case) is None


@pytest.mark.parametrize("word", ["kod", "länk"])
def test_a_mail_that_waits_leaves_with_the_new_link(client: Client, case: Case, word: str) -> None:
    """Its text was sealed with the old one, which would open nothing."""
    old = known_link(case)
    assert old is not None
    sealed = seal(old.code if word == "kod" else old.token, case.id)
    client.login("handlaggare.hjo")
    issue(client, case)
    new = known_link(case)
    assert new is not None
    assert unseal(sealed, case.id) == (new.code if word == "kod" else new.token)
    assert not re.search("[\x02\x03]", unseal(sealed, case.id))
