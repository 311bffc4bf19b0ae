"""Number and code: the way in without a link, and the second key of sensitive cases (T38)."""

from __future__ import annotations

import pytest

from domain.secret_links import IssuedLink
from extensions import db
from models import Case
from services.secret_links import issue_link
from tests.support.cases import new_case
from tests.support.client import Client
from tests.support.fingerprint import everything
from tests.web.public_site import parsed
from tests.web.reply_site import attach

pytestmark = pytest.mark.usefixtures("app", "town")


def linked() -> tuple[Case, IssuedLink]:
    case = new_case()
    link = issue_link(case)
    db.session.commit()
    return case, link


def sensitive() -> tuple[Case, IssuedLink]:
    case, link = linked()
    case.is_secret = True
    db.session.commit()
    return case, link


def test_number_and_code_open_the_reply_page(client: Client):
    case, link = linked()

    response = client.post("/svar", data={"number": str(case.id), "code": link.code.lower()})

    assert (response.status_code, response.location) == (303, link.path)


def test_a_wrong_number_and_a_wrong_code_get_the_same_answer(client: Client):
    case, link = linked()

    wrong_number = client.post("/svar", data={"number": "424242", "code": link.code})
    wrong_code = client.post("/svar", data={"number": str(case.id), "code": "ABCDEFGHJK"})

    assert wrong_number.status_code == wrong_code.status_code == 422
    messages = [parsed(r).one("div", role="alert").text for r in (wrong_number, wrong_code)]
    assert messages[0] == messages[1]
    assert "Numret och koden hör inte ihop" in messages[0]


@pytest.mark.parametrize("number", ["", "abc", "9" * 40, "-1", "1.5", "²"])
def test_a_number_that_is_none_is_answered_in_words(client: Client, number: str):
    response = client.post("/svar", data={"number": number, "code": "ABCDEFGHJK"})

    assert response.status_code == 422
    assert parsed(response).one("h1").text == "Gå till din svarssida"


def test_what_was_typed_stays(client: Client):
    page = parsed(client.post("/svar", data={"number": "4711", "code": ""}))

    assert page.one("input", name="number").attributes["value"] == "4711"
    assert "Kod: Fyll i det här." in page.one("div", id="error-summary").text


def test_guessing_is_stopped_after_twenty_tries_an_hour(client: Client):
    case, link = linked()
    wrong = {"number": str(case.id), "code": "ABCDEFGHJK"}
    assert [client.post("/svar", data=wrong).status_code for _ in range(20)] == [422] * 20

    right = {"number": str(case.id), "code": link.code}
    assert client.post("/svar", data=right).status_code == 429
    client.environ_base["REMOTE_ADDR"] = "192.0.2.1"
    assert client.post("/svar", data=right).status_code == 303


def test_an_open_case_needs_the_link_only(client: Client):
    case, link = linked()

    assert case.text in client.get(link.path).get_data(as_text=True)


@pytest.mark.parametrize("reason", ["the type mails notices only", "a secrecy mark"])
def test_a_sensitive_case_asks_for_the_code_first(client: Client, reason: str):
    case, link = linked() if "type" in reason else sensitive()
    if "type" in reason:
        case.case_type.mail_content = "notice"
        db.session.commit()

    closed = client.get(link.path)
    page = parsed(closed)
    assert page.one("h1").text == "Skriv din kod"
    assert case.text not in closed.get_data(as_text=True)
    assert str(case.id) not in page.one("main").text

    wrong = client.post(f"{link.path}/kod", data={"code": "ABCDEFGHJK"})
    assert wrong.status_code == 422
    right = client.post(f"{link.path}/kod", data={"code": link.code})
    assert (right.status_code, right.location) == (303, link.path)
    assert case.text in client.get(link.path).get_data(as_text=True)


def test_without_the_code_nothing_can_be_written_or_fetched(client: Client):
    case, link = sensitive()
    file = f"{link.path}/fil/{attach(case, 'brev.pdf', 'submitter')}"
    before = everything()

    assert parsed(client.post(link.path, data={"text": "Hej"})).one("h1").text == "Skriv din kod"
    assert client.get(file).status_code == 404
    assert everything() == before

    client.post(f"{link.path}/kod", data={"code": link.code})
    assert client.get(file).status_code == 200


def test_the_code_of_one_case_does_not_open_another(client: Client):
    _case, mine = sensitive()
    other, theirs = sensitive()
    client.post(f"{mine.path}/kod", data={"code": mine.code})

    assert client.post(f"{theirs.path}/kod", data={"code": mine.code}).status_code == 422
    assert other.text not in client.get(theirs.path).get_data(as_text=True)


def test_number_and_code_count_as_the_code(client: Client):
    case, link = sensitive()

    client.post("/svar", data={"number": str(case.id), "code": link.code})

    assert case.text in client.get(link.path).get_data(as_text=True)
