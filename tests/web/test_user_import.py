"""People from a CSV file: every line's outcome first, then all of it or nothing."""

from __future__ import annotations

import io

import pytest

from domain.errors import NotAllowed, RuleBroken
from extensions import db
from forms.config.words import ROLES
from models import User
from services.user_import import carry_out, plan_import
from tests.support.cases import actor, mails, person, unit_id
from tests.support.forms import form_data

pytestmark = pytest.mark.usefixtures("app", "town")
URL = "/admin/user-import/"
HEAD = "användarnamn;namn;titel;telefon;e-post;roll;enhet;ärendetyp;sekretess"
NEW = "ny.person;Nora Ny;Chef;;nora@demo.example;Registrator;Fritid;;ja"
SAME = "chef.hjo;Annica Carter;;;;;;;"
CHANGED = "lasare.omsorg;;Ekonom;;;;;;"


def outcomes(*lines, head=HEAD):
    found = plan_import("\n".join([head, *lines]).encode(), ROLES, actor=actor("admin"))
    return [(o.line, o.kind) for o in found.outcomes]


def reason(line):
    found = plan_import(f"{HEAD}\n{line}".encode(), ROLES, actor=actor("admin"))
    assert found.outcomes[0].kind == "wrong"
    return str(found.outcomes[0].error)


def role_name():
    return ROLES["registrar"]


def try_file(client, content):
    data = {"file": (io.BytesIO(content), "personer.csv")}
    return client.post(URL, data=data, content_type="multipart/form-data")


def lines():
    return [NEW.replace("Registrator", role_name()), SAME, CHANGED]


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("mark", [";", ","])
def test_a_file_is_tried_and_then_carried_out(client, coding, mark):
    client.login("admin")
    assert "Importera" in client.get("/admin/users/").text
    content = "\r\n".join([HEAD, *lines()]).replace(";", mark).encode(coding)
    tried = try_file(client, content)
    assert tried.status_code == 200
    for word in ("Ny", "Oförändrad", "Ändras", "Genomför"):
        assert f">{word}<" in tried.text or word in tried.text
    assert db.session.scalar(db.select(User).filter_by(username="ny.person")) is None
    sent = form_data(tried.text, "carry-form")
    assert client.post(URL, data={**sent, "carry_out": "1"}).status_code == 302
    db.session.expire_all()
    made = person("ny.person")
    (held,) = made.assignments
    assert (held.role, held.unit_id, held.sees_secret) == ("registrar", unit_id("Fritid"), True)
    assert person("lasare.omsorg").title == "Ekonom"
    assert [m.recipient_email for m in mails("invitation")] == ["nora@demo.example"]


def test_what_changed_since_the_trial_is_shown_again(client):
    client.login("admin")
    tried = try_file(client, "\n".join([HEAD, CHANGED]).encode())
    sent = form_data(tried.text, "carry-form")
    person("lasare.omsorg").title = "Ekonom"
    answer = client.post(URL, data={**sent, "carry_out": "1"})
    assert "Något har ändrats sedan provet." in answer.text


def test_lines_of_one_person_give_several_roles():
    second = f"ny.person;;;;;{ROLES['reader']};Fritid;;"
    assert outcomes(lines()[0], second, second) == [(2, "new"), (3, "changed"), (4, "same")]
    plan = plan_import("\n".join([HEAD, lines()[0], second]).encode(), ROLES, actor=actor("admin"))
    assert carry_out(plan, actor=actor("admin")) == 1
    assert {a.role for a in person("ny.person").assignments} == {"registrar", "reader"}


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("admin;Sara Lund;Chef;;;;;;", "eget konto"),
        ("ny;Ny;;;inte-en-adress;;;;", "e-postadress"),
        ("ny;;;;;;;;", "namn"),
        ("n y;Ny;;;;;;;", "användarnamn"),
        ("ny;Ny;;;;Kung;Fritid;;", "Rollen Kung"),
        (f"ny;Ny;;;;{ROLES['reader']};Ingenstans;;", "Enheten Ingenstans"),
        (f"ny;Ny;;;;{ROLES['reader']};Fritid;Okänd;", "Ärendetypen"),
        (f"ny;Ny;;;;{ROLES['reader']};Fritid;;kanske", "ja eller nej"),
        ("ny;Ny;;;;;Fritid;;", "vilken roll"),
        (f"ny;{'N' * 201};;;;;;;", "för långt"),
        ("ny;Ny;;;;;;;;;mer", "fler kolumner"),
    ],
)
def test_every_wrong_line_says_why(line, why):
    assert why in reason(line)


def test_two_lines_that_disagree_are_told():
    assert outcomes("ny;Ny;;;;;;;", "ny;Nytt;;;;;;;") == [(2, "new"), (3, "wrong")]


def test_one_wrong_line_stops_everything(client):
    client.login("admin")
    answer = try_file(client, "\n".join([HEAD, lines()[0], "admin;Jag;;;;;;;"]).encode())
    assert answer.status_code == 422
    assert "Ditt eget konto ändras inte här." in answer.text
    assert "carry-form" not in answer.text


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "rubrikerna"),
        ("användarnamn;hemlig\na;b".encode(), "rubrikerna"),
        ("användarnamn;namn\nå;ä".encode("latin-1"), "UTF-8"),
        (("användarnamn\n" + "a\n" * 2001).encode(), "för många rader"),
        (b"\x00\xff", "UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(client, content, why):
    answer = try_file(client.login("admin"), content)
    assert answer.status_code == 422
    assert why in answer.text


def test_a_file_above_the_limit_is_refused():
    with pytest.raises(RuleBroken, match="för stor"):
        plan_import(b"x" * 1_000_001, ROLES, actor=actor("admin"))


def test_a_forged_file_is_no_error_of_ours(client):
    client.login("admin")
    for packed in ("", "å", "AAAA"):
        assert client.post(URL, data={"packed": packed, "carry_out": "1"}).status_code == 422


def test_only_who_keeps_people_imports():
    with pytest.raises(NotAllowed):
        plan_import(HEAD.encode(), ROLES, actor=actor("chef.hjo"))
