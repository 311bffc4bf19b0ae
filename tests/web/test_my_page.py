"""Min sida: everybody changes the own data and password, and nothing else."""

from __future__ import annotations

import pytest

from extensions import db
from services.passwords import verify_password
from tests.support.cases import person
from tests.support.town import PASSWORD

pytestmark = pytest.mark.usefixtures("town")
ME = "handlaggare.hjo"
DATA = {
    "name": "Christer Svensson",
    "title": "Fritidschef",
    "phone": "0503-350 00",
    "email": "christer@demo.example",
    "signature": "Christer\nFritid",
}


@pytest.mark.row("H15")
def test_name_title_phone_and_signature_are_ones_own_to_change(client):
    assert client.login(ME).post("/admin/my-page/", data=DATA).status_code == 302
    db.session.expire_all()
    me = person(ME)
    assert (me.title, me.phone, me.signature) == ("Fritidschef", "0503-350 00", "Christer\nFritid")


def test_nothing_else_can_be_changed_there(client):
    client.login(ME).post(
        "/admin/my-page/", data={**DATA, "username": "admin2", "is_active": "", "id": "1"}
    )
    db.session.expire_all()
    assert person(ME).is_active


def test_a_bad_address_is_refused_and_what_was_typed_is_kept(client):
    answer = client.login(ME).post("/admin/my-page/", data={**DATA, "email": "christer(at)hjo"})
    assert answer.status_code == 422
    assert "christer(at)hjo" in answer.text
    assert "namn@exempel.se" in answer.text


def change_password(client, present, new, repeated=None):
    data = {"present_password": present, "new_password": new}
    data["repeated_password"] = new if repeated is None else repeated
    return client.post("/admin/my-page/password", data=data)


def test_a_new_password_takes_the_present_one_and_ends_other_sessions(app, client):
    other = app.test_client().login(ME)
    answer = change_password(client.login(ME), PASSWORD, "en ny mening att minnas")
    assert answer.status_code == 302
    assert client.get("/admin/my-page/").status_code == 200
    assert other.get("/admin/my-page/").status_code == 302
    db.session.expire_all()
    assert verify_password(person(ME).password_hash, "en ny mening att minnas")


@pytest.mark.parametrize(
    ("present", "new", "repeated"),
    [
        ("fel lösenord här", "en ny mening att minnas", None),
        (PASSWORD, "kort", None),
        (PASSWORD, "en ny mening att minnas", "en annan mening"),
    ],
)
def test_wrong_short_or_unequal_passwords_change_nothing(client, present, new, repeated):
    assert change_password(client.login(ME), present, new, repeated).status_code == 422
    db.session.expire_all()
    assert verify_password(person(ME).password_hash, PASSWORD)


def test_the_present_password_cannot_be_guessed_for_long(client):
    """A wrong try is refused and rolled back; its count is not."""
    client.login(ME)
    for _ in range(5):
        refused = change_password(client, "fel lösenord här", "en ny mening att minnas")
        assert "Det nuvarande lösenordet stämmer inte." in refused.text
    answer = change_password(client, PASSWORD, "en ny mening att minnas")
    assert answer.status_code == 422
    assert "Vänta en minut." in answer.text
