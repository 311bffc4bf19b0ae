"""When a session ends: logout, idling, age, a new password, other roles, deactivation."""

from __future__ import annotations

import pytest

from extensions import db
from models import User
from services.actors import actor_of
from services.people import Grant, change_person, grants_of
from web.session import ABSOLUTE_SECONDS, IDLE_SECONDS

pytestmark = pytest.mark.usefixtures("town")


def person(username):
    return db.session.scalar(db.select(User).filter_by(username=username))


def changed_by_admin(username, *, grants=None, password="", **values):
    user = person(username)
    change_person(user, values, grants, password=password, actor=actor_of(person("admin")))
    db.session.commit()


def is_in(client):
    return client.get("/admin/case/?type=synpunkt-hjo").status_code == 200


def older(client, name, seconds):
    with client.session_transaction() as session:
        session[name] -= seconds


@pytest.mark.row("S10")
def test_logging_out_through_the_own_name_ends_the_session(client):
    page = client.login("handlaggare.hjo").get("/admin/case/?type=synpunkt-hjo").text
    own = page[page.index(person("handlaggare.hjo").name) :]
    assert 'action="/logout"' in own
    assert "Logga ut" in own
    assert client.post("/logout").location == "/login"
    assert not is_in(client)


def test_a_copied_cookie_is_worth_nothing_after_logout(app, client):
    client.login("handlaggare.hjo")
    with client.session_transaction() as session:
        copy = dict(session)
    client.post("/logout")
    thief = app.test_client()
    with thief.session_transaction() as session:
        session.update(copy)
    assert not is_in(thief)


def test_logging_out_takes_a_post_with_a_token(client):
    client.login("handlaggare.hjo")
    assert client.get("/logout").status_code == 405
    assert client.post("/logout", csrf=False).status_code == 400
    assert is_in(client)


def test_half_an_hour_without_a_click_ends_the_session(client):
    client.login("handlaggare.hjo")
    older(client, "seen", IDLE_SECONDS - 5)
    assert is_in(client)
    older(client, "seen", IDLE_SECONDS + 5)
    assert not is_in(client)


def test_every_click_keeps_the_session_alive(client):
    client.login("handlaggare.hjo")
    for _ in range(3):
        older(client, "seen", IDLE_SECONDS - 60)
        assert is_in(client)


def test_ten_hours_end_the_session_however_busy(client):
    client.login("handlaggare.hjo")
    older(client, "started", ABSOLUTE_SECONDS + 5)
    assert not is_in(client)


def test_deactivation_works_at_the_very_next_request(client):
    client.login("handlaggare.hjo")
    assert is_in(client)
    changed_by_admin("handlaggare.hjo", is_active=False)
    assert not is_in(client)


def test_a_new_password_ends_the_sessions_of_the_old_one(client):
    client.login("handlaggare.hjo")
    changed_by_admin("handlaggare.hjo", password="ett-nytt-losenord-2026")
    assert not is_in(client)


def test_other_roles_end_the_session_at_the_very_next_request(client):
    client.login("handlaggare.hjo")
    (held,) = grants_of(person("handlaggare.hjo"))
    changed_by_admin("handlaggare.hjo", grants=[Grant("reader", held.unit_id)])
    assert not is_in(client)


def test_other_data_leave_the_session_alone(client):
    client.login("handlaggare.hjo")
    changed_by_admin("handlaggare.hjo", title="Fritidschef")
    assert is_in(client)


def test_a_session_with_nonsense_inside_is_nobodys(client):
    client.login("handlaggare.hjo")
    with client.session_transaction() as session:
        session["stamp"] = "å"
    assert not is_in(client)


def test_a_write_without_a_session_is_refused_and_not_redirected(client):
    answer = client.post("/admin/units/new/", data={"name": "Ny"})
    assert answer.status_code == 401
