"""Forgotten passwords and one-time links: who gets one, how long and how often it works (T26)."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine

from domain.clock import now
from domain.secret_links import hash_token
from extensions import db
from models import AuditEntry, PasswordToken
from services.link_seals import hide_seals, unseal
from services.passwords import verify_password
from tests.support.cases import mails, person
from tests.support.factor import with_factor
from tests.support.town import PASSWORD

pytestmark = pytest.mark.usefixtures("town")
ME = "handlaggare.hjo"
NEW = "blåbär och fil i juli"
CHOSEN = {"password": NEW, "repeated": NEW}


def ask(client, account=ME, address="192.0.2.1"):
    return client.post(
        "/login/forgotten", data={"account": account}, environ_overrides={"REMOTE_ADDR": address}
    )


def link():
    """The path of the link in the newest mail, as the worker puts it in."""
    text = unseal(mails("password_reset")[-1].text, None)
    return re.search(r"http://[^/]+(/losenord/[\w-]{43})\b", text).group(1)


def me():
    db.session.expire_all()
    return person(ME)


def masked(answer):
    return re.sub(r'(nonce|content|value)="[^"]*"', "", answer.text)


def test_a_forgotten_password_is_chosen_anew_by_a_link_in_a_mail(app, client):
    assert 'href="/login/forgotten"' in client.get("/login").text
    assert "Om kontot finns har vi skickat ett mejl" in ask(client).text
    (mail,) = mails("password_reset")
    assert mail.recipient_email == me().email
    signed_in = app.test_client().login(ME)
    page = client.get(link())
    assert ME in page.text
    assert "minst 15 tecken" in page.text
    assert client.post(link(), data=CHOSEN).location == "/login"
    assert verify_password(me().password_hash, NEW)
    assert signed_in.get("/admin/my-page/").status_code == 302
    data = {"username": ME, "password": NEW}
    assert client.post("/login", data=data).location == "/admin/"


@pytest.mark.parametrize("typed", ["HANDLAGGARE.HJO", " handlaggare.hjo ", "the address"])
def test_the_user_name_or_the_address_will_do(client, typed):
    ask(client, me().email.upper() if typed == "the address" else typed)
    assert len(mails("password_reset")) == 1


def test_unknown_inactive_and_without_an_address_get_the_same_answer(client):
    person("chef.hjo").is_active = False
    person("chef.omsorg").email = ""
    names = [ME, "finns.inte", "chef.hjo", "chef.omsorg", "x" * 254, "inte@finns.example"]
    answers = [ask(client, name, f"192.0.2.{number}") for number, name in enumerate(names)]
    assert {a.status_code for a in answers} == {200}
    assert len({masked(a) for a in answers}) == 1
    assert [m.recipient_email for m in mails("password_reset")] == [me().email]


def test_every_question_is_recorded_without_what_was_typed(client):
    ask(client)
    ask(client, "hemligt i fel ruta")
    rows = db.session.scalars(db.select(AuditEntry).filter_by(action="password.link-asked"))
    assert [(r.subject, r.old, r.new) for r in rows] == [
        (f"users {me().id}", None, None),
        ("", None, None),
    ]


def test_looking_at_a_link_changes_nothing(client):
    ask(client)
    path = link()
    for _ in range(20):
        assert client.get(path).status_code == 200
        assert client.head(path).status_code == 200
    assert client.post(path, data=CHOSEN).status_code == 302


def test_a_link_works_once(client):
    ask(client)
    path = link()
    assert client.post(path, data=CHOSEN).status_code == 302
    again = client.post(path, data={"password": f"{NEW} 2", "repeated": f"{NEW} 2"})
    assert again.status_code == 404
    assert "Länken gäller inte längre" in again.text
    assert verify_password(me().password_hash, NEW)


def test_a_link_lives_for_an_hour(client):
    ask(client)
    path = link()
    with time_machine.travel(now() + timedelta(minutes=59), tick=False):
        assert client.get(path).status_code == 200
    with time_machine.travel(now() + timedelta(minutes=61), tick=False):
        assert client.get(path).status_code == 404
        assert client.post(path, data=CHOSEN).status_code == 404
    assert verify_password(me().password_hash, PASSWORD)


def test_a_new_link_ends_the_older_one(client):
    ask(client)
    older = link()
    ask(client)
    assert client.get(older).status_code == 404
    assert client.get(link()).status_code == 200


def test_a_link_of_somebody_who_was_deactivated_is_dead(client):
    ask(client)
    path = link()
    me().is_active = False
    assert client.post(path, data=CHOSEN).status_code == 404


@pytest.mark.parametrize(
    ("password", "repeated", "sentence"),
    [
        ("kort", "kort", "minst 15"),
        ("x" * 129, "x" * 129, "högst 128"),
        (NEW, "något annat än det", "De två lösenorden är inte lika."),
        ("aaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaaa", "lätt att gissa"),
        ("", "", "Skriv ett nytt lösenord."),
    ],
)
def test_a_password_that_is_refused_does_not_use_up_the_link(client, password, repeated, sentence):
    ask(client)
    path = link()
    answer = client.post(path, data={"password": password, "repeated": repeated})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert client.post(path, data=CHOSEN).status_code == 302


@pytest.mark.parametrize("token", ["x", "x" * 43, "å" * 43, "x" * 2000, "%00"])
def test_a_made_up_link_opens_nothing(client, token):
    assert client.get(f"/losenord/{token}").status_code == 404


def test_neither_the_tables_nor_the_outbox_page_hold_the_link(client):
    ask(client)
    token = link().rpartition("/")[2]
    (row,) = db.session.scalars(db.select(PasswordToken))
    (mail,) = mails("password_reset")
    assert row.token_hash == hash_token(token)
    assert token not in mail.text + mail.html
    assert token not in hide_seals(mail.text)
    assert "/losenord/dold" in hide_seals(mail.text)


def test_one_account_gets_three_links_an_hour_and_the_answer_does_not_tell(client):
    answers = {masked(ask(client)) for _ in range(6)}
    assert len(answers) == 1
    assert len(mails("password_reset")) == 3


def test_one_address_may_ask_ten_times_an_hour(client):
    answers = [ask(client, f"name{n}").status_code for n in range(11)]
    assert answers == [200] * 10 + [429]
    assert ask(client, address="198.51.100.7").status_code == 200


def test_a_link_does_not_go_round_the_second_factor(client):
    with_factor(ME)
    ask(client)
    client.post(link(), data=CHOSEN)
    answer = client.post("/login", data={"username": ME, "password": NEW})
    assert answer.location == "/login/code?next=/admin/"


def test_an_administrator_sends_a_link_and_sees_it_only_where_mail_cannot_go(app, client):
    client.login("admin")
    answer = client.post("/admin/person-access/link", data={"id": me().id})
    shown = client.get(answer.location).text
    assert "En länk där personen väljer lösenord är skickad." in shown
    assert "/losenord/" not in shown
    me().email = ""
    answer = client.post("/admin/person-access/link", data={"id": person(ME).id})
    path = re.search(r"http://[^/]+(/losenord/[\w-]{43})", client.get(answer.location).text).group(
        1
    )
    assert app.test_client().post(path, data=CHOSEN).status_code == 302
    assert "/losenord/" not in client.get(answer.location).text


def test_an_inactive_person_gets_no_link(client):
    me().is_active = False
    answer = client.login("admin").post("/admin/person-access/link", data={"id": person(ME).id})
    assert "Kontot är inte aktivt." in client.get(answer.location).text
    assert db.session.scalars(db.select(PasswordToken)).all() == []


def test_nobody_but_an_administrator_makes_links(client):
    answer = client.login("registrator.hjo").post(
        "/admin/person-access/link", data={"id": person("admin").id}
    )
    assert answer.status_code == 403
    assert db.session.scalars(db.select(PasswordToken)).all() == []
