"""Min sida: everybody changes the own data, notices and password, and nothing else."""

from __future__ import annotations

import pytest

from extensions import db
from services.passwords import verify_password
from tests.support.cases import person
from tests.support.config import config_log
from tests.support.forms import form_data
from tests.support.town import PASSWORD

pytestmark = pytest.mark.usefixtures("town")
ME = "handlaggare.hjo"
DATA = {
    "name": "Christer Svensson",
    "title": "Fritidschef",
    "phone": "0503-350 00",
    "email": "christer@demo.example",
    "signature": "Christer\nFritid",
    "sender_name": "Christer Svensson, Hjo kommun",
    "wanted_notices": ["informed", "mail_failed"],
}


@pytest.mark.row("H15")
def test_name_title_phone_and_signature_are_ones_own_to_change(client):
    assert client.login(ME).post("/admin/my-page/", data=DATA).status_code == 302
    db.session.expire_all()
    me = person(ME)
    assert (me.title, me.phone) == ("Fritidschef", "0503-350 00")
    assert me.signature == "<div>Christer<br>Fritid</div>"
    assert me.sender_name == "Christer Svensson, Hjo kommun"


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


def my_data(client, username=ME, **changes):
    """What the page of this person would send, changed."""
    page = client.login(username).get("/admin/my-page/").text
    return {**form_data(page, "profile-form"), **changes}


def send(client, username=ME, **changes):
    return client.post("/admin/my-page/", data=my_data(client, username, **changes))


def test_saving_the_page_as_it_is_records_nothing(client):
    assert send(client).status_code == 302
    assert config_log(f"users {person(ME).id}") == []


@pytest.mark.row("H15")
def test_a_signature_is_rich_text_and_clean_when_it_is_stored(client):
    hostile = "<div><strong>Christer</strong><script>alert(1)</script><img src=x onerror=y></div>"
    answer = send(client, signature=hostile, signature__format="html")
    assert answer.status_code == 302
    db.session.expire_all()
    assert person(ME).signature == "<div><strong>Christer</strong></div>"


def test_a_blank_signature_is_none(client):
    send(client, signature="<div>&nbsp;<br></div>", signature__format="html")
    db.session.expire_all()
    assert person(ME).signature == ""


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"signature": "x" * 3001}, "Signaturen är för lång."),
        ({"sender_name": "Chefen <chef@hjo.example>"}, "Skriv ett namn, inte en e-postadress"),
        ({"sender_name": "x" * 121}, ""),
        ({"wanted_notices": ["assigned"]}, ""),
        ({"name": ""}, "Fyll i ditt namn."),
    ],
)
def test_what_does_not_fit_is_refused(client, changes, sentence):
    answer = send(client, **changes)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert config_log(f"users {person(ME).id}") == []


def test_a_sender_name_with_line_breaks_becomes_one_line(client):
    send(client, sender_name="Christer\r\nBcc: alla@example.org".replace("@", " "))
    db.session.expire_all()
    assert person(ME).sender_name == "Christer Bcc: alla example.org"


@pytest.mark.row("H15")
def test_the_page_shows_what_recipients_see_before_it_is_saved(client):
    page = client.login(ME).get("/admin/my-page/").text
    assert "Hjo kommun (synpunkten@hjo.example)" in page
    given = {"sender_name": "Christer, Hjo kommun", "signature": "Hälsar Christer"}
    answer = send(client, _do="preview", **given)
    assert answer.status_code == 200
    assert "Christer, Hjo kommun (synpunkten@hjo.example)" in answer.text
    assert "<div>Hälsar Christer</div></div>" in answer.text
    assert "Inte sparat" in answer.text
    db.session.expire_all()
    assert person(ME).sender_name == ""


def test_without_a_signature_mails_end_with_name_and_title(client):
    answer = send(client, _do="preview", signature="", title="Fritidschef")
    assert "<div>Christer Svensson<br>Fritidschef</div>" in answer.text


def test_a_hostile_name_stays_text_in_the_preview(client):
    answer = send(client, _do="preview", signature="", name="<img src=x onerror=alert(1)>")
    assert "<img src=x" not in answer.text


def test_notices_are_switched_off_one_by_one_and_on_again(client):
    assert send(client, wanted_notices=["informed"]).status_code == 302
    db.session.expire_all()
    assert person(ME).muted_notices == ["mail_failed"]
    send(client, wanted_notices=["informed", "mail_failed"])
    db.session.expire_all()
    assert person(ME).muted_notices == []


def test_only_those_who_receive_new_cases_are_asked_about_them(client):
    assert "en ny synpunkt har kommit in" not in client.login(ME).get("/admin/my-page/").text
    assert send(client, wanted_notices=["new_case"]).status_code == 422
    sent = send(client, "registrator.hjo", wanted_notices=["informed", "mail_failed"])
    assert sent.status_code == 302
    db.session.expire_all()
    assert person("registrator.hjo").muted_notices == ["new_case"]


def test_a_notice_that_is_not_offered_keeps_its_setting(client):
    person(ME).muted_notices = ["new_case"]
    send(client, wanted_notices=["informed", "mail_failed"])
    db.session.expire_all()
    assert person(ME).muted_notices == ["new_case"]


def test_the_page_says_which_mails_always_come_and_why(client):
    page = client.login(ME).get("/admin/my-page/").text
    for words in ("När jag blir ansvarig", "När jag blir biträdande", "Synpunktslämnaren väntar"):
        assert words in page


def test_the_log_names_what_was_changed(client):
    send(client, sender_name="Christer, Hjo kommun", wanted_notices=["informed"])
    page = client.login("admin").get("/admin/audit/").text
    assert "Avsändarnamn" in page
    assert "Mejla mig när" in page


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
