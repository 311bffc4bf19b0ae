"""When a session ends: logout, idling, age, new password or roles, deactivation (T29, G18)."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from cli.worker import Worker
from domain.clock import now
from domain.secret_links import hash_token
from extensions import current_settings, db
from models import User, UserSession
from services.actors import actor_of
from services.people import Grant, change_person, grants_of
from services.sessions import ABSOLUTE, IDLE
from tests.support.cases import free
from tests.support.other_app import other_app
from tests.support.town import PASSWORD

pytestmark = pytest.mark.usefixtures("town")


def person(username):
    return db.session.scalar(db.select(User).filter_by(username=username))


def changed_by_admin(username, *, grants=None, password="", **values):
    user = person(username)
    change_person(user, values, grants, password=password, actor=actor_of(person("admin")))
    db.session.commit()


def is_in(client):
    return client.get("/admin/case/?type=synpunkt-hjo").status_code == 200


def later(span):
    """Inside, that much time has passed."""
    return time_machine.travel(now() + span, tick=False)


def copied(app, client):
    """A browser with a copy of the client's cookie."""
    with client.session_transaction() as session:
        copy = dict(session)
    thief = app.test_client()
    with thief.session_transaction() as session:
        session.update(copy)
    return thief


def rows():
    db.session.expire_all()
    return list(db.session.scalars(db.select(UserSession)))


@pytest.mark.row("S10")
def test_logging_out_through_the_own_name_ends_the_session(client):
    page = client.login("handlaggare.hjo").get("/admin/case/?type=synpunkt-hjo").text
    own = page[page.index(person("handlaggare.hjo").name) :]
    assert 'action="/logout"' in own
    assert "Logga ut" in own
    assert client.post("/logout").location == "/login"
    assert not is_in(client)


def test_a_copied_cookie_is_worth_nothing_after_logout(app, client):
    thief = copied(app, client.login("handlaggare.hjo"))
    assert is_in(thief)
    client.post("/logout")
    assert not is_in(thief)


def test_logging_out_leaves_other_devices_alone(app, client):
    other = app.test_client().login("handlaggare.hjo")
    client.login("handlaggare.hjo").post("/logout")
    assert is_in(other)


def test_logging_out_everywhere_ends_every_session_of_that_person_only(app, client):
    other, stranger = app.test_client().login("handlaggare.hjo"), app.test_client().login("admin")
    client.login("handlaggare.hjo")
    page = client.get("/admin/my-page/").text
    assert "Du är inloggad på 2 enheter just nu." in page
    assert client.post("/admin/my-page/sign-in/log-out").location == "/login"
    assert not is_in(client)
    assert not is_in(other)
    assert stranger.get("/admin/users/").status_code == 200


def test_the_table_knows_no_token_that_opens_anything(client):
    client.login("handlaggare.hjo")
    with client.session_transaction() as session:
        token = session["token"]
    (row,) = rows()
    assert len(token) >= 43
    assert row.token_hash == hash_token(token)
    with client.session_transaction() as session:
        session["token"] = row.token_hash
    assert not is_in(client)


def test_a_session_of_somebody_else_does_not_fit(app, client):
    other = app.test_client().login("admin")
    with other.session_transaction() as session:
        foreign = session["token"]
    client.login("handlaggare.hjo")
    with client.session_transaction() as session:
        session["token"] = foreign
    assert not is_in(client)


def test_signing_in_again_gives_a_new_token_and_ends_the_old_one(app, client):
    thief = copied(app, client.login("handlaggare.hjo"))
    data = {"username": "handlaggare.hjo", "password": PASSWORD}
    assert client.post("/logout").status_code == 302
    assert client.post("/login", data=data).status_code == 302
    assert len(rows()) == 1
    assert is_in(client)
    assert not is_in(thief)


def test_logging_out_takes_a_post_with_a_token(client):
    client.login("handlaggare.hjo")
    assert client.get("/logout").status_code == 405
    assert client.post("/logout", csrf=False).status_code == 400
    assert is_in(client)


def test_half_an_hour_without_a_click_ends_the_session(client):
    client.login("handlaggare.hjo")
    with later(IDLE - timedelta(seconds=5)):
        assert is_in(client)
        with later(IDLE + timedelta(seconds=5)):
            assert not is_in(client)


def test_every_click_keeps_the_session_alive(client):
    client.login("handlaggare.hjo")
    for step in range(1, 4):
        with later(step * (IDLE - timedelta(minutes=1))):
            assert is_in(client)


def test_ten_hours_end_the_session_however_busy(client):
    client.login("handlaggare.hjo")
    pause = timedelta(minutes=29)
    for step in range(1, ABSOLUTE // pause + 1):
        with later(step * pause):
            assert is_in(client)
    with later(ABSOLUTE + timedelta(seconds=5)):
        assert not is_in(client)


def test_a_sign_of_life_is_written_at_most_once_a_minute(client):
    client.login("handlaggare.hjo")
    (before,) = rows()
    first = before.seen_at
    with later(timedelta(seconds=50)):
        assert is_in(client)
        assert rows()[0].seen_at == first
    with later(timedelta(seconds=61)):
        assert is_in(client)
        assert rows()[0].seen_at > first


def test_asking_how_long_is_left_is_no_sign_of_life_and_a_click_is(client):
    client.login("handlaggare.hjo")
    with later(timedelta(minutes=26)):
        assert client.get("/login/session").json == {"left": 240, "renewable": True}
        assert client.get("/login/session").json["left"] == 240
        assert client.post("/login/renew").json["left"] == 1800
        assert client.get("/login/session").json["left"] == 1800
    with later(timedelta(minutes=57)):
        answer = client.get("/login/session", headers={"X-Requested-With": "fetch"})
        assert answer.status_code == 401


def test_near_the_tenth_hour_no_click_helps(client):
    client.login("handlaggare.hjo")
    pause = timedelta(minutes=29)
    for step in range(1, ABSOLUTE // pause + 1):
        with later(step * pause):
            client.post("/login/renew")
    with later(timedelta(hours=9, minutes=50)):
        assert client.post("/login/renew").json == {"left": 600, "renewable": False}


def test_the_page_carries_what_the_warning_needs(client):
    page = client.login("handlaggare.hjo").get("/admin/my-page/").text
    assert 'id="session-notice"' in page
    assert 'data-left="1800"' in page or 'data-left="1799"' in page
    assert "Fortsätt vara inloggad" in page


def test_the_worker_removes_what_has_ended_by_itself(app, client):
    client.login("handlaggare.hjo")
    with later(timedelta(minutes=20)):
        app.test_client().login("admin")
    with later(timedelta(minutes=31)):
        Worker(current_settings()).tidy()
        assert [row.user_id for row in rows()] == [person("admin").id]


def test_deactivation_works_at_the_very_next_request(client):
    client.login("registrator.hjo")  # who has nothing to hand over
    assert is_in(client)
    changed_by_admin("registrator.hjo", is_active=False)
    assert not is_in(client)


def test_a_new_password_ends_the_sessions_of_the_old_one(client):
    client.login("handlaggare.hjo")
    changed_by_admin("handlaggare.hjo", password="ett-nytt-losenord-2026")
    assert not is_in(client)


def test_other_roles_end_the_session_at_the_very_next_request(client):
    client.login("handlaggare.hjo")
    (held,) = grants_of(free("handlaggare.hjo"))
    changed_by_admin("handlaggare.hjo", grants=[Grant("reader", held.unit_id)])
    assert not is_in(client)


def test_other_data_leave_the_session_alone(client):
    client.login("handlaggare.hjo")
    changed_by_admin("handlaggare.hjo", title="Fritidschef")
    assert is_in(client)


def test_a_session_with_nonsense_inside_is_nobodys(client):
    client.login("handlaggare.hjo")
    with client.session_transaction() as session:
        session["token"] = "å"
    assert not is_in(client)


def test_in_production_the_cookie_is_bound_to_host_and_https(app):
    address = "https://synpunkt.example"
    with other_app(base_url=address) as client:
        page = client.get("/login", base_url=address)
    (cookie,) = page.headers.getlist("Set-Cookie")
    assert cookie.startswith("__Host-gensvar=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "Expires" not in cookie
    assert "Domain" not in cookie


def test_a_write_without_a_session_is_refused_and_not_redirected(client):
    answer = client.post("/admin/units/new/", data={"name": "Ny"})
    assert answer.status_code == 401
