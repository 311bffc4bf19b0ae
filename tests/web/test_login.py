"""Signing in: who gets in, where it leads, what a guesser learns and how often one may try."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
import time_machine

from extensions import db
from models import AuditEntry, User
from services import passwords
from tests.support.town import PASSWORD

pytestmark = pytest.mark.usefixtures("town")
WRONG = "fel-losenord-som-ar-langt"


def sign_in(client, username, password=PASSWORD, **more):
    return client.post("/login", data={"username": username, "password": password, **more})


def account(username):
    db.session.expire_all()
    return db.session.scalar(db.select(User).filter_by(username=username))


def masked(answer):
    """The page without what is new on every page."""
    return re.sub(r'(nonce|content|value)="[^"]*"', "", answer.text)


@pytest.fixture
def hashes(monkeypatch):
    """Counts how often a password is compared."""
    counted = []
    real = passwords._hasher.verify
    verify = lambda *args: counted.append(1) or real(*args)  # noqa: E731
    monkeypatch.setattr(type(passwords._hasher), "verify", staticmethod(verify))
    return counted


@pytest.mark.row("H04")
def test_the_right_password_leads_to_the_own_cases(client):
    answer = sign_in(client, "registrator.hjo")
    assert (answer.status_code, answer.location) == (302, "/admin/")
    assert "Att göra" in client.get("/admin/").text


@pytest.mark.row("H04")
@pytest.mark.parametrize("typed", ["Registrator.HJO", "  registrator.hjo "])
def test_a_user_name_is_known_in_any_case_of_its_letters(client, typed):
    assert sign_in(client, typed).status_code == 302


@pytest.mark.row("H02")
def test_a_link_from_a_mail_leads_through_login_to_its_page(client):
    asked = client.get("/admin/units/?search=skola&page=2")
    assert asked.status_code == 302
    page = client.get(asked.location)
    target = re.search(r'name="next"[^>]*value="([^"]*)"', page.text).group(1)
    answer = sign_in(client, "admin", next=target.replace("&amp;", "&"))
    assert answer.location == "/admin/units/?search=skola&page=2"


@pytest.mark.parametrize(
    "target",
    ["https://evil.test/", "//evil.test", "/\\evil.test", "http:evil.test", "javascript:1"],
)
def test_login_never_leads_to_another_site(client, target):
    assert sign_in(client, "registrator.hjo", next=target).location == "/admin/"


def test_unknown_wrong_inactive_and_not_yet_opened_are_not_told_apart(client, hashes):
    """Body and headers are the same, and each costs exactly one hash (T26, G16)."""
    account("chef.hjo").is_active = False
    db.session.commit()
    account("chef.omsorg").password_hash = ""
    tries = {
        "nobody.here": WRONG, "registrator.hjo": WRONG, "chef.hjo": PASSWORD,
        "chef.omsorg": PASSWORD,
    }  # fmt: skip
    answers = []
    for number, (name, password) in enumerate(tries.items(), start=1):
        answers.append(sign_in(client, name, password))
        assert len(hashes) == number
    assert {a.status_code for a in answers} == {422}
    assert len({masked(a) for a in answers}) == 1
    assert len({tuple(sorted(a.headers.keys())) for a in answers}) == 1
    assert "Användarnamnet eller lösenordet stämmer inte" in answers[0].text


def test_a_throttled_account_is_told_as_little_whether_it_exists_or_not(client, hashes):
    with time_machine.travel("2026-11-22 12:00:00+01:00", tick=False):
        pages = []
        for name in ("nobody.here", "registrator.hjo"):
            for _ in range(5):
                sign_in(client, name, WRONG)
            pages.append(sign_in(client, name, PASSWORD))
    assert [page.status_code for page in pages] == [429, 429]
    assert masked(pages[0]) == masked(pages[1])
    assert len(hashes) == 10


def test_two_hundred_guesses_cost_five_hashes_and_one_line_of_the_log_a_minute(client, hashes):
    with time_machine.travel("2026-11-22 12:00:00+01:00", tick=False):
        for number in range(200):
            where = {"REMOTE_ADDR": f"192.0.{number}.1"}
            data = {"username": "registrator.hjo", "password": WRONG}
            client.post("/login", data=data, environ_overrides=where)
        assert len(hashes) == 5
        assert sign_in(client, "chef.hjo").status_code == 302
    fields = [
        row.field
        for row in db.session.scalars(db.select(AuditEntry).filter_by(action="session.refused"))
    ]
    assert fields == ["password"] * 5 + ["too-many"]


def test_the_typed_user_name_stays_and_the_password_does_not(client):
    page = sign_in(client, "registrator.hjo", WRONG).text
    assert 'value="registrator.hjo"' in page
    assert WRONG not in page


def test_empty_fields_are_asked_for_and_cost_no_hash(client, hashes):
    page = sign_in(client, "", "")
    assert page.status_code == 422
    assert "Skriv ditt användarnamn." in page.text
    assert "Skriv ditt lösenord." in page.text
    assert not hashes


def test_a_password_of_absurd_length_is_never_hashed(client, hashes):
    assert sign_in(client, "registrator.hjo", "x" * 129).status_code == 422
    assert not hashes


def test_the_sixth_try_in_a_minute_is_refused_before_hashing(client, hashes):
    answers = [sign_in(client, "registrator.hjo", WRONG).status_code for _ in range(5)]
    refused = sign_in(client, "registrator.hjo")
    assert answers == [422] * 5
    assert refused.status_code == 429
    assert re.search(r"Vänta \d+ sekunder", refused.text)
    assert len(hashes) == 5
    assert sign_in(client, "chef.hjo").status_code == 302


def test_an_unknown_name_is_throttled_like_a_known_one(client):
    answers = [sign_in(client, "nobody.here", WRONG).status_code for _ in range(6)]
    assert answers == [422] * 5 + [429]


def test_one_address_may_try_twenty_times_in_a_minute(client):
    answers = [sign_in(client, f"name{i}", WRONG).status_code for i in range(21)]
    assert answers == [422] * 20 + [429]


def test_signing_in_rightly_uses_up_no_try(client):
    for _ in range(25):
        assert sign_in(client, "registrator.hjo").status_code == 302
        client.post("/logout")


def test_a_session_from_before_login_does_not_live_on(client):
    with client.session_transaction() as session:
        session["planted"] = "by somebody else"
    sign_in(client, "registrator.hjo")
    with client.session_transaction() as session:
        assert "planted" not in session
        assert session["_user_id"]


def test_the_cookie_is_kept_from_scripts_and_foreign_sites(client):
    cookie = sign_in(client, "registrator.hjo").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_who_comes_in_and_who_does_not_is_recorded_without_what_was_typed(client):
    sign_in(client, "registrator.hjo")
    client.post("/logout")
    sign_in(client, "registrator.hjo", WRONG)
    sign_in(client, "hemligt-losenord-i-fel-ruta", WRONG)
    log = list(db.session.scalars(db.select(AuditEntry).order_by(AuditEntry.id)))[-4:]
    person = f"users {account('registrator.hjo').id}"
    assert [(e.action, e.subject) for e in log] == [
        ("session.started", person),
        ("session.ended", person),
        ("session.refused", person),
        ("session.refused", ""),
    ]
    assert not any("hemligt" in f"{e.actor_name}{e.subject}{e.old}{e.new}" for e in log)


def test_a_post_without_a_token_signs_nobody_in(client):
    data = {"username": "registrator.hjo", "password": PASSWORD}
    assert client.post("/login", data=data, csrf=False).status_code == 400
    assert client.get("/admin/").status_code == 302


def test_the_demo_names_its_accounts_and_a_production_names_nobody(app, client):
    assert "<code>registrator.hjo</code>" in client.get("/login").text
    own = app.extensions["gensvar"]
    app.extensions["gensvar"] = replace(own, env="production")
    try:
        page = client.get("/login").text
    finally:
        app.extensions["gensvar"] = own
    assert "registrator.hjo" not in page
    assert "Demokonton" not in page
