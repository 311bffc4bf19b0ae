"""The own second factor: turning it off, new codes; and an administrator who takes it away."""

from __future__ import annotations

import re

import pytest

from extensions import db
from models import AuditEntry, RecoveryCode
from tests.support.cases import mails, person
from tests.support.factor import with_factor
from tests.support.town import PASSWORD

pytestmark = pytest.mark.usefixtures("town")
ME = "handlaggare.hjo"


def sign_in(client):
    return client.post("/login", data={"username": ME, "password": PASSWORD})


def give(client, code):
    return client.post("/login/code", data={"code": code})


def is_in(client):
    return client.get("/admin/my-page/").status_code == 200


def me():
    db.session.expire_all()
    return person(ME)


def codes_on(page):
    return re.findall(r"<li><code>([0-9A-Z]{5}-[0-9A-Z]{5})</code>", page.text)


def actions():
    rows = db.session.scalars(db.select(AuditEntry).order_by(AuditEntry.id))
    return [(row.action, row.field) for row in rows]


def sure(client, deed, code, password=PASSWORD):
    data = {"present": password, "code": code}
    return client.post(f"/admin/my-page/sign-in/{deed}", data=data)


def signed_in_with_code(client):
    """The device and codes of somebody who signed in two steps ago."""
    device, codes = with_factor(ME)
    sign_in(client)
    assert give(client, codes[0]).status_code == 302
    return device, codes


def test_turning_it_off_takes_password_and_code(client):
    device, codes = signed_in_with_code(client)
    assert sure(client, "off", "000000").status_code == 422
    assert sure(client, "off", codes[1], "fel-losenord-har").status_code == 422
    assert me().totp_seal
    assert sure(client, "off", codes[2]).status_code == 302
    assert me().totp_seal == ""
    assert is_in(client)
    assert db.session.scalars(db.select(RecoveryCode)).all() == []
    assert device.now()
    assert ("factor.turned-off", "") in actions()


def test_tries_to_turn_it_off_are_throttled_too(client):
    _device, codes = signed_in_with_code(client)
    for _ in range(5):
        assert sure(client, "off", codes[1], "fel-losenord-har").status_code == 422
    answer = sure(client, "off", codes[1])
    assert "Vänta" in answer.text
    assert me().totp_seal


def test_new_recovery_codes_replace_the_old_ones(app, client):
    _device, codes = signed_in_with_code(client)
    answer = sure(client, "codes", codes[1])
    fresh = codes_on(answer)
    assert len(fresh) == 10
    other = app.test_client()
    sign_in(other)
    assert give(other, codes[2]).status_code == 422
    assert give(other, fresh[0]).status_code == 302


def test_an_administrator_takes_away_a_lost_factor_and_the_person_is_told(app, client):
    signed_in_with_code(client)
    admin = app.test_client().login("admin")
    page = admin.get(f"/admin/users/edit/?id={me().id}").text
    assert "Ta bort tvåstegsinloggningen" in page
    answer = admin.post("/admin/person-access/reset-factor", data={"id": me().id})
    assert answer.status_code == 302
    assert me().totp_seal == ""
    assert not is_in(client)
    assert actions()[-1] == ("factor.reset", "")
    (mail,) = mails("factor_reset")
    assert mail.recipient_email == me().email
    assert sign_in(client).location == "/admin/"


@pytest.mark.parametrize("username", ["chef.hjo", "registrator.hjo"])
def test_nobody_but_an_administrator_takes_away_a_factor(client, username):
    with_factor(ME)
    answer = client.login(username).post(
        "/admin/person-access/reset-factor", data={"id": person(ME).id}
    )
    assert answer.status_code == 403
    assert me().totp_seal


@pytest.mark.parametrize("number", ["", "0", "999999", "abc", "1" * 30])
def test_a_person_who_is_not_there_is_not_found(client, number):
    for deed in ("link", "reset-factor"):
        answer = client.login("admin").post(f"/admin/person-access/{deed}", data={"id": number})
        assert answer.status_code == 404
