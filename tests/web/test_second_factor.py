"""The second factor: setting it up, signing in with it, recovery codes, losing it (manual S09)."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine

from domain.clock import now
from domain.secret_links import hash_token
from extensions import db
from models import AuditEntry, RecoveryCode, User, UserSession
from services.rate_limits import paused
from tests.support.cases import person
from tests.support.factor import code_at, code_of, with_factor
from tests.support.town import PASSWORD

pytestmark = pytest.mark.usefixtures("town")
ME = "handlaggare.hjo"
CASES = "/admin/case/?type=synpunkt-hjo"
SET_UP = "/admin/my-page/sign-in/set-up"


def sign_in(client, username=ME, **more):
    return client.post("/login", data={"username": username, "password": PASSWORD, **more})


def give(client, code, **more):
    return client.post("/login/code", data={"code": code, **more})


def is_in(client):
    return client.get(CASES).status_code == 200


def me():
    db.session.expire_all()
    return person(ME)


def codes_on(page):
    return re.findall(r"<li><code>([0-9A-Z]{5}-[0-9A-Z]{5})</code>", page.text)


def actions():
    rows = db.session.scalars(db.select(AuditEntry).order_by(AuditEntry.id))
    return [(row.action, row.field) for row in rows]


@pytest.mark.row("S09")
def test_the_code_of_the_device_is_asked_for_after_the_password(client):
    app, _codes = with_factor(ME)
    answer = sign_in(client, next="/admin/my-page/")
    assert answer.location == "/login/code?next=/admin/my-page/"
    assert "sex siffror" in client.get(answer.location).text
    assert client.get(CASES).location.startswith("/login")
    assert give(client, app.now(), next="/admin/my-page/").location == "/admin/my-page/"
    assert is_in(client)


@pytest.mark.row("S09")
def test_setting_it_up_takes_a_code_and_gives_ten_recovery_codes_once(client):
    page = client.login(ME).get(SET_UP)
    assert 'src="data:image/svg+xml' in page.text
    assert client.post(SET_UP, data={"code": "000000"}).status_code == 422
    assert me().totp_seal == ""
    again = client.get(SET_UP).text
    answer = client.post(SET_UP, data={"code": code_of(again)})
    assert answer.status_code == 200
    assert len(set(codes_on(answer))) == 10
    assert is_in(client)
    assert codes_on(client.get("/admin/my-page/sign-in/")) == []
    assert "Du har 10 återställningskoder kvar." in client.get("/admin/my-page/sign-in/").text
    assert client.get(SET_UP).status_code == 302


def test_the_database_holds_no_secret_of_anybody(client):
    app, codes = with_factor(ME)
    stored = {row.code_hash for row in db.session.scalars(db.select(RecoveryCode))}
    assert app.secret not in me().totp_seal
    assert len(stored) == 10
    assert (
        not stored & {code for code in codes} | {code.replace("-", "") for code in codes} & stored
    )


def test_another_persons_nonce_gives_another_secret(client):
    app, _codes = with_factor(ME)
    nonce = me().totp_seal
    person("chef.hjo").totp_seal = nonce
    sign_in(client, "chef.hjo")
    assert give(client, app.now()).status_code == 422


@pytest.mark.parametrize("seconds", [-30, 0, 30])
def test_a_clock_may_be_half_a_minute_wrong(client, seconds):
    app, _codes = with_factor(ME)
    with time_machine.travel("2026-11-22 12:00:15+01:00", tick=False):
        sign_in(client)
        assert give(client, code_at(app, seconds)).status_code == 302


@pytest.mark.parametrize("seconds", [-60, 60])
def test_a_clock_that_is_a_minute_wrong_is_refused(client, seconds):
    app, _codes = with_factor(ME)
    with time_machine.travel("2026-11-22 12:00:15+01:00", tick=False):
        sign_in(client)
        assert give(client, code_at(app, seconds)).status_code == 422


def test_no_code_works_twice(app, client):
    device, _codes = with_factor(ME)
    with time_machine.travel("2026-11-22 12:00:15+01:00", tick=False):
        sign_in(client)
        assert give(client, device.now()).status_code == 302
        other = app.test_client()
        sign_in(other)
        assert give(other, device.now()).status_code == 422
        assert give(other, code_at(device, -30)).status_code == 422
        assert give(other, code_at(device, 30)).status_code == 302


def test_a_recovery_code_works_once_however_it_is_typed(app, client):
    _device, codes = with_factor(ME)
    sign_in(client)
    assert give(client, f" {codes[3].lower()} ".replace("-", " ")).status_code == 302
    assert "Du har 9 återställningskoder kvar." in client.get("/admin/my-page/sign-in/").text
    other = app.test_client()
    sign_in(other)
    assert give(other, codes[3]).status_code == 422
    assert give(other, codes[4]).status_code == 302


@pytest.mark.parametrize("typed", ["", "abc", "12345", "1234567", "å" * 6, "0" * 41, "ABCDE-FGHJK"])
def test_what_is_no_code_is_refused_with_a_sentence(client, typed):
    with_factor(ME)
    sign_in(client)
    answer = give(client, typed)
    assert answer.status_code == 422
    assert "error-summary" in answer.text
    assert not is_in(client)


def test_the_sixth_code_in_a_minute_is_not_looked_at(client):
    device, _codes = with_factor(ME)
    sign_in(client)
    answers = [give(client, "000000").status_code for _ in range(5)]
    assert answers == [422] * 5
    refused = give(client, device.now())
    assert refused.status_code == 429
    assert re.search(r"Vänta \d+ sekunder", refused.text)
    with time_machine.travel(now() + timedelta(minutes=2), tick=False):
        assert give(client, device.now()).status_code == 302


def test_wrong_codes_are_recorded_though_nothing_else_happens(client):
    with_factor(ME)
    sign_in(client)
    before = len(actions())
    give(client, "000000")
    assert actions()[before:] == [("session.refused", "code")]


def test_nothing_is_recorded_as_signed_in_before_the_code(client):
    device, _codes = with_factor(ME)
    sign_in(client)
    assert ("session.started", "") not in actions()
    assert me().last_login_at is None
    give(client, device.now())
    assert actions()[-1] == ("session.started", "")
    assert me().last_login_at is not None


def test_the_session_before_the_code_opens_no_page_and_no_deed(client):
    with_factor(ME)
    sign_in(client)
    for path in ("/admin/", CASES, "/admin/my-page/", SET_UP, "/login/session"):
        assert client.get(path).location.startswith("/login"), path
    answer = client.post("/admin/my-page/", data={"name": "Nytt Namn"})
    assert answer.status_code == 401
    assert person(ME).name != "Nytt Namn"


def test_the_token_is_a_new_one_after_the_code(client):
    device, _codes = with_factor(ME)
    sign_in(client)
    with client.session_transaction() as session:
        before = session["token"]
    give(client, device.now())
    with client.session_transaction() as session:
        assert session["token"] != before
        session["token"] = before
    assert not is_in(client)
    hashes = db.session.scalars(db.select(UserSession.token_hash)).all()
    assert len(hashes) == 1
    assert hash_token(before) not in hashes


def test_wrong_codes_make_a_pause_that_grows(client):
    with_factor(ME)
    with time_machine.travel("2026-11-22 12:00:00+01:00", tick=False) as clock:
        sign_in(client)
        pauses = []
        for _ in range(8):
            assert give(client, "000000").status_code == 422
            pauses.append(paused("login-code-pause", str(person(ME).id)))
            clock.shift(61)
    assert pauses == [0, 0, 0, 0, 2, 4, 8, 16]


def test_turning_it_on_asks_other_devices_for_a_code(app, client):
    other = app.test_client().login(ME)
    client.login(ME).get(SET_UP)
    client.post(SET_UP, data={"code": code_of(client.get(SET_UP).text)})
    assert is_in(client)
    assert client.get("/admin/my-page/").status_code == 200
    assert not is_in(other)
    assert other.get("/login").location == "/login/code?next=/admin/"


def test_what_was_typed_is_carried_through_the_code(client):
    device, _codes = with_factor("admin")
    kept = {"kept-day": "2026-12-23", "kept-name": 'Klämdag "före" <jul>'}
    page = sign_in(client, "admin", next="/admin/closed-days/new/", **kept)
    assert page.status_code == 200
    assert 'action="/login/code"' in page.text
    assert 'name="kept-day" value="2026-12-23"' in page.text
    wrong = give(client, "000000", next="/admin/closed-days/new/", **kept)
    assert 'name="kept-day" value="2026-12-23"' in wrong.text
    resumed = give(client, device.now(), next="/admin/closed-days/new/", **kept)
    assert resumed.status_code == 200
    assert 'action="/admin/closed-days/new/"' in resumed.text
    assert 'name="day" value="2026-12-23"' in resumed.text
    assert "Klämdag &#34;före&#34; &lt;jul&gt;" in resumed.text


def test_a_code_that_comes_after_the_session_ended_asks_for_the_password_and_keeps_the_text(client):
    with_factor("admin")
    answer = give(client, "123456", next="/admin/units/", **{"kept-day": "2026-12-23"})
    assert answer.status_code == 401
    assert 'name="kept-day" value="2026-12-23"' in answer.text
    assert 'value="/admin/units/"' in answer.text
    assert "kept-code" not in answer.text
    assert "123456" not in answer.text


def test_leaving_at_the_code_ends_the_half_session(client):
    device, _codes = with_factor(ME)
    sign_in(client)
    assert client.post("/logout").location == "/login"
    assert give(client, device.now()).status_code == 401
    assert db.session.scalars(db.select(User.last_login_at).filter_by(username=ME)).one() is None
