"""Errors for who is signed in: the menu and ways on, and not a word about what is foreign."""

from __future__ import annotations

import logging
import re

import pytest
from werkzeug.exceptions import abort

from domain.permissions import SYSTEM
from extensions import db
from services.people import add_person
from tests.support.cases import HJO, new_case
from tests.web.public_site import parsed

pytestmark = pytest.mark.usefixtures("town")
SECRET = "Rubriken som ingen annan får läsa"


def ways(answer):
    page = parsed(answer)
    assert page.all("nav", id="topnav"), "The menu is gone."
    return [a.attributes["href"] for a in page.all("a") if "btn" in a.attributes.get("class", "")]


@pytest.fixture
def crashing(app, monkeypatch):
    """The served way of answering a bug: tests let it through otherwise."""
    monkeypatch.setitem(app.config, "TESTING", False)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)

    def crash(self):
        raise ValueError(SECRET)

    monkeypatch.setattr("admin_views.my_page.MyPageView.index", crash)
    monkeypatch.setattr("admin_views.my_page._myself", crash)


def test_what_is_not_there_has_the_menu_the_own_list_and_the_help(client):
    answer = client.login("handlaggare.hjo").get("/admin/case/edit/?id=987654321")
    assert answer.status_code == 404
    assert ways(answer) == ["/admin/", f"/admin/case/?type={HJO}", "/admin/help/"]


@pytest.mark.parametrize("path", ["/admin/nothing/", "/admin/case/edit/?id=x", "/admin/help/x"])
def test_addresses_that_never_existed_have_it_too(client, path):
    answer = client.login("handlaggare.hjo").get(path)
    assert answer.status_code == 404
    assert "/admin/help/" in ways(answer)


def test_a_foreign_case_and_a_missing_one_are_the_same_bytes(client):
    case = new_case(HJO, title=SECRET)
    client.login("chef.social")
    pages = []
    for number in (case.id, 987654321):
        answer = client.get(f"/admin/case/edit/?id={number}")
        assert answer.status_code == 404
        pages.append(re.sub(r'(?:content|value|nonce)="[\w.-]{16,}"', "", answer.text))
    assert pages[0] == pages[1]
    assert SECRET not in pages[0]
    assert HJO not in pages[0]


def test_who_may_not_is_told_so_in_the_frame_of_the_staff(client):
    answer = client.login("handlaggare.hjo").get("/admin/users/")
    assert answer.status_code == 403
    assert "Du har inte behörighet till den här sidan" in answer.text
    assert f"/admin/case/?type={HJO}" in ways(answer)


def test_who_has_no_role_gets_help_and_no_list(client):
    add_person({"username": "utan.roll", "name": "Utan Roll"}, [], actor=SYSTEM)
    db.session.commit()
    assert ways(client.login("utan.roll").get("/admin/users/")) == ["/admin/", "/admin/help/"]


def test_strangers_and_citizens_never_see_the_frame_of_the_staff(client):
    assert client.get("/admin/nothing/").location.startswith("/login")
    for path in ("/nothing", "/synpunkt/finns-inte"):
        assert "topnav" not in client.get(path).text


def test_a_bug_shows_a_reference_that_stands_in_the_log(client, crashing, caplog):
    client.login("handlaggare.hjo")
    with caplog.at_level(logging.ERROR):
        answer = client.get("/admin/my-page/")
    assert answer.status_code == 500
    reference = parsed(answer).all("strong")[-1].text
    assert re.fullmatch(r"[0-9a-f]{8}", reference)
    assert f"Unhandled error {reference}" in caplog.text
    assert SECRET not in answer.text
    assert "/admin/help/" in ways(answer)


def test_a_frame_that_fails_itself_gives_the_plain_page(client, crashing, app, monkeypatch):
    client.login("handlaggare.hjo")

    def fail():
        raise ValueError(SECRET)

    monkeypatch.setitem(app.jinja_env.globals, "navigation", fail)
    answer = client.get("/admin/my-page/")
    assert answer.status_code == 500
    assert "Något gick fel hos oss" in answer.text
    assert "topnav" not in answer.text


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (400, "kunde inte ta emot"), (405, "använd knappen där"), (409, "har ändrats"),
        (413, "mindre filer"), (429, "Vänta några minuter"), (503, "Inget har sparats"),
    ],
)  # fmt: skip
def test_every_error_says_what_to_do_and_has_the_menu(client, monkeypatch, code, sentence):
    def refuse(self):
        abort(code)

    monkeypatch.setattr("admin_views.my_page.MyPageView.index", refuse)
    monkeypatch.setattr("admin_views.my_page._myself", lambda *_: abort(code))
    answer = client.login("handlaggare.hjo").get("/admin/my-page/")
    assert answer.status_code == code
    assert sentence in answer.text
    assert "/admin/help/" in ways(answer)


def test_a_button_s_address_opened_by_hand_says_so(client):
    answer = client.login("handlaggare.hjo").get("/admin/case/marks/favourite")
    assert answer.status_code in (404, 405)
    assert "/admin/help/" in ways(answer)
