"""Enheter, Personer and Roller: the tree, accounts, and who may give which right."""

from __future__ import annotations

import re

import pytest

from extensions import db
from models import Unit, User
from services.link_seals import unseal
from services.passwords import verify_password
from services.people import grants_of
from tests.support.cases import free, mails
from tests.support.config import config_log, fill_in, new_row_of
from tests.support.town import PASSWORD

pytestmark = pytest.mark.usefixtures("town")


@pytest.fixture(autouse=True)
def administrator(client):
    return client.login("admin")


def unit(key):
    db.session.expire_all()
    return db.session.scalars(db.select(Unit).filter_by(key=key)).one()


def person(username):
    db.session.expire_all()
    return db.session.scalars(db.select(User).filter_by(username=username)).one()


def unit_url(key):
    return f"/admin/units/edit/?id={unit(key).id}"


def person_url(username):
    return f"/admin/users/edit/?id={person(username).id}"


def test_saving_units_and_people_unchanged_records_nothing(client):
    assert fill_in(client, unit_url("hjo-fritid")).status_code == 302
    assert fill_in(client, person_url("chef.omsorg")).status_code == 302
    assert config_log(f"units {unit('hjo-fritid').id}") == []
    assert config_log(f"users {person('chef.omsorg').id}") == []


def test_a_new_unit_stands_below_its_parent(client):
    parent = unit("hjo-fritid")
    given = {"name": "Badhuset", "key": "badhuset", "parent_id": parent.id}
    assert fill_in(client, "/admin/units/new/", **given).status_code == 302
    made = unit("badhuset")
    assert made.path == f"{parent.path}{made.id}/"


def test_moving_a_unit_moves_who_sees_its_cases(client):
    moved, target = unit("hjo-fritid"), unit("sodertalje-socialkontoret")
    fill_in(client, "/admin/units/new/", name="Badhuset", key="badhuset", parent_id=moved.id)
    assert fill_in(client, unit_url("hjo-fritid"), parent_id=target.id).status_code == 302
    assert unit("hjo-fritid").path == f"{target.path}{moved.id}/"
    assert unit("badhuset").path.startswith(f"{target.path}{moved.id}/")


def test_a_unit_is_never_put_below_itself(client):
    top = unit("hjo-kommunforvaltningen")
    page = client.get(unit_url("hjo-kommunforvaltningen")).text
    below = unit("hjo-fritid").id
    assert (
        f'<option value="{below}">'
        not in page[page.index('id="parent_id"') :].split("</select>")[0]
    )
    answer = fill_in(client, unit_url("hjo-kommunforvaltningen"), parent_id=below)
    assert answer.status_code == 422
    assert unit("hjo-kommunforvaltningen").path == top.path


def test_a_unit_with_active_units_below_is_not_retired(client):
    answer = fill_in(client, unit_url("hjo-kommunforvaltningen"), is_active=None)
    assert answer.status_code == 422
    assert "ligger under den här och är aktiv" in answer.text


@pytest.mark.parametrize(
    "changes",
    [{"kind": "x"}, {"name": ""}, {"parent_id": "999999"}, {"parent_id": "abc"},
     {"default_responsible_id": "999999"}, {"secrecy_area": "x"}, {"position": "10" * 12}],
)  # fmt: skip
def test_a_unit_that_makes_no_sense_is_refused(client, changes):
    assert fill_in(client, unit_url("hjo-fritid"), **changes).status_code == 422


def new_person(client, **changes):
    n = new_row_of(client, "/admin/users/new/", "assignments")
    given = {
        "name": "Åsa Ny", "username": "Asa.Ny", "email": "asa@demo.example",
        f"assignments-{n}-role": "reader", f"assignments-{n}-unit_id": unit("hjo-fritid").id,
    }  # fmt: skip
    return fill_in(client, "/admin/users/new/", **(given | changes))


def test_a_new_person_gets_a_link_and_chooses_the_password(app, client):
    """Seen by nobody: not by the administrator, not in the database (the worker puts it in)."""
    answer = new_person(client)
    assert answer.status_code == 302
    made = person("asa.ny")
    assert made.password_hash == ""
    assert [g.role for g in grants_of(made)] == ["reader"]
    (mail,) = mails("invitation")
    path = link_in(unseal(mail.text, None))
    assert path not in mail.text + mail.html + client.get(answer.location).text
    chosen = {"password": "blåbär och fil i juli", "repeated": "blåbär och fil i juli"}
    hers = app.test_client()
    assert hers.post(path, data=chosen).status_code == 302
    data = {"username": "asa.ny", "password": chosen["password"]}
    assert hers.post("/login", data=data).status_code == 302


def test_without_an_address_the_link_is_shown_once_and_handed_over(app, client):
    answer = new_person(client, email="")
    shown = client.get(answer.location).text
    path = link_in(shown)
    assert app.test_client().get(path).status_code == 200
    assert path not in client.get(answer.location).text
    assert mails("invitation") == []


def link_in(text):
    """The path of the one-time link in a text."""
    return re.search(r"http://[^/]+(/losenord/[\w-]+)", text).group(1)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"username": "Chef.HJO"}, "chef.hjo finns redan. Välj något annat."),
        ({"username": "två ord"}, "Skriv ett användarnamn utan mellanslag"),
        ({"email": "inte en adress"}, "Skriv en e-postadress"),
        ({"assignments-0-unit_id": ""}, "Välj roll, enhet och ärendetyp i listorna."),
        ({"assignments-0-role": "king"}, ""),
        ({"assignments-0-unit_id": "999999"}, ""),
    ],
)
def test_a_person_that_makes_no_sense_is_refused(client, changes, sentence):
    answer = new_person(client, **changes)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Åsa Ny" in answer.text


def test_giving_and_withdrawing_roles_is_recorded(client):
    url = person_url("handlaggare.hjo")
    held = grants_of(free("handlaggare.hjo"))
    n = len(held)
    given = {
        "assignments-0-remove": "y",
        f"assignments-{n}-role": "reader",
        f"assignments-{n}-unit_id": unit("hjo-fritid").id,
        f"assignments-{n}-sees_secret": "y",
    }
    assert fill_in(client, url, **given).status_code == 302
    (grant,) = grants_of(person("handlaggare.hjo"))
    assert (grant.role, grant.sees_secret) == ("reader", True)
    log = config_log(f"users {person('handlaggare.hjo').id}")
    assert [entry[0] for entry in log] == ["role.withdrawn", "role.granted"]


def test_the_same_role_twice_is_one_too_many(client):
    url = person_url("handlaggare.hjo")
    (held,) = grants_of(person("handlaggare.hjo"))
    given = {
        "assignments-1-role": held.role,
        "assignments-1-unit_id": held.unit_id,
        "assignments-1-case_type_id": held.case_type_id or "",
        "assignments-1-sees_secret": None if held.sees_secret else "y",
    }
    answer = fill_in(client, url, **given)
    assert answer.status_code == 422
    assert "Samma roll står två gånger" in answer.text


def test_nobody_gives_rights_to_oneself(client):
    url = person_url("admin")
    page = client.get(url).text
    assert 'name="assignments-0-role"' not in page
    given = {"assignments-5-role": "registrar", "assignments-5-unit_id": unit("hjo-fritid").id}
    assert fill_in(client, url, **given, title="Chef").status_code == 302
    assert [g.role for g in grants_of(person("admin"))] == ["administrator"]
    assert person("admin").title == "Chef"


def test_nobody_locks_oneself_out(client):
    assert fill_in(client, person_url("admin"), is_active=None).status_code == 302
    assert person("admin").is_active


def test_the_last_administrator_stays(client):
    new_person(client, **{"assignments-0-role": "administrator"})
    client.login("asa.ny")
    assert fill_in(client, person_url("admin"), is_active=None).status_code == 302
    client.post("/logout")
    assert not person("admin").is_active
    assert grants_of(person("asa.ny"))


def test_no_form_of_a_person_shows_or_sets_a_password(client):
    assert 'type="password"' not in client.get(person_url("chef.hjo")).text
    sent = fill_in(client, person_url("chef.hjo"), title="Chef", password="ett-annat-losenord-2")
    assert sent.status_code == 302
    assert verify_password(person("chef.hjo").password_hash, PASSWORD)


@pytest.mark.parametrize("name", ["password_hash", "totp_seal", "sort_key", "last_login_at", "id"])
def test_columns_that_are_not_on_the_form_cannot_be_sent(client, name):
    before = {c.key: getattr(person("chef.hjo"), c.key) for c in User.__table__.columns}
    assert fill_in(client, person_url("chef.hjo"), **{name: "999"}).status_code == 302
    assert {c.key: getattr(person("chef.hjo"), c.key) for c in User.__table__.columns} == before


def test_the_roles_page_shows_who_holds_what_and_changes_nothing(client):
    page = client.get("/admin/roles/?flt0_0=registrar").text
    assert person("registrator.hjo").name in page
    assert person("chef.social").name not in page
    assert client.post("/admin/roles/new/").status_code == 403
    assert client.post("/admin/roles/delete/", data={"id": "1"}).status_code == 403
