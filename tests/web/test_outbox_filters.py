"""System → Utkorg: counts, filters, how long things have waited, and many at once."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from extensions import db
from models import OutboxMessage, utcnow
from tests.support.cases import SODERTALJE, mails, new_case, unit_id
from tests.support.client import Client
from tests.support.mails import fresh, queued

pytestmark = pytest.mark.usefixtures("town", "smtp")


def mail(state: str = "queued", *, old: timedelta = timedelta(), **values: object) -> OutboxMessage:
    """One mail as if it had been written some time ago."""
    message = queued(**values)
    row = fresh(message)
    row.state = state
    row.created_at -= old
    row.give_up_at -= old
    db.session.commit()
    return message


def listed(client: Client, query: str = "") -> set[int]:
    text = client.get(f"/admin/outbox/{query}").text
    return {int(n) for n in re.findall(r"details/\?id=(\d+)", text)}


@pytest.fixture
def empty(client: Client) -> Client:
    for row in mails():
        db.session.delete(row)
    db.session.commit()
    return client


def test_the_number_of_each_state_is_told(empty: Client) -> None:
    for state, count in {"queued": 2, "sending": 1, "sent": 4, "failed": 3}.items():
        for _number in range(count):
            mail(state)
    empty.login("admin")
    text = " ".join(re.sub(r"<[^>]+>", " ", empty.get("/admin/outbox/").text).split())
    assert "Alla (10) Väntar (3) Skickade (4) Kom inte fram (3)" in text


def test_the_registrars_counts_know_only_what_the_registrar_sees(empty: Client) -> None:
    own = new_case()
    foreign = new_case(SODERTALJE, unit=unit_id("Hemtjänst"))
    for row in mails():
        db.session.delete(row)
    db.session.commit()
    mail("failed", case_id=own.id)
    mail("failed", case_id=foreign.id)
    mail("sent")
    empty.login("registrator.hjo")
    text = " ".join(re.sub(r"<[^>]+>", " ", empty.get("/admin/outbox/").text).split())
    assert "Alla (1) Väntar (0) Skickade (0) Kom inte fram (1)" in text


def test_the_list_can_be_limited_by_purpose_age_and_state_together(empty: Client) -> None:
    new, old = timedelta(minutes=1), timedelta(days=3)
    answer = mail("failed", purpose="answer", old=new)
    receipt = mail("failed", purpose="receipt", old=new)
    older = mail("failed", purpose="answer", old=old)
    sent = mail("sent", purpose="answer", old=timedelta(minutes=20))
    empty.login("admin")
    assert listed(empty, "?purpose=answer") == {answer.id, older.id, sent.id}
    assert listed(empty, "?age=day") == {answer.id, receipt.id, sent.id}
    assert listed(empty, "?age=older-day") == {older.id}
    assert listed(empty, "?age=older-15min") == {older.id, sent.id}
    assert listed(empty, "?show=failed&purpose=answer&age=week") == {answer.id, older.id}
    assert listed(empty, "?show=x&purpose=x&age=x") == {answer.id, receipt.id, older.id, sent.id}


def test_ages_are_told_in_words(empty: Client) -> None:
    for old in (timedelta(minutes=1), timedelta(hours=3), timedelta(days=4)):
        mail("sent", old=old)
    empty.login("admin")
    text = empty.get("/admin/outbox/").text
    for words in ("(1 minut)", "(3 timmar)", "(4 dygn)"):
        assert words in text


@pytest.mark.parametrize(("minutes", "warns"), [(14, False), (16, True), (200, True)])
def test_a_mail_that_waits_too_long_is_warned_of(empty: Client, minutes: int, warns: bool) -> None:
    mail("queued", old=timedelta(minutes=minutes))
    mail("sent", old=timedelta(days=9))
    mail("failed", old=timedelta(days=9))
    empty.login("admin")
    text = empty.get("/admin/outbox/").text
    assert ("Det äldsta mejlet som väntar har väntat i" in text) == warns
    if minutes == 200:
        assert "har väntat i 3 timmar" in text


def test_a_mail_that_is_tried_again_waits_from_then_on(empty: Client) -> None:
    message = mail("failed", old=timedelta(days=5))
    empty.login("admin")
    empty.post("/admin/outbox/retry-many/", data={"rowid": [message.id]})
    assert fresh(message).state == "queued"
    assert "Det äldsta mejlet" not in empty.get("/admin/outbox/").text


def test_many_are_tried_again_at_once(empty: Client) -> None:
    failed = [mail("failed") for _number in range(3)]
    moving = mail("queued")
    empty.login("admin")
    ids = [m.id for m in (*failed, moving)]
    answer = empty.post(
        "/admin/outbox/retry-many/", data={"rowid": ids, "show": "failed"}, follow_redirects=True
    )
    assert "3 mejl skickas igen." in answer.text
    assert answer.request.args["show"] == "failed"
    assert {fresh(m).state for m in failed} == {"queued"}


def test_nothing_ticked_is_told(empty: Client) -> None:
    empty.login("admin")
    answer = empty.post("/admin/outbox/retry-many/", follow_redirects=True)
    assert "Markera de mejl som ska skickas igen." in answer.text


def test_one_foreign_mail_among_many_stops_all(empty: Client) -> None:
    own = mail("failed", case_id=new_case().id)
    foreign = mail("failed", case_id=new_case(SODERTALJE, unit=unit_id("Hemtjänst")).id)
    empty.login("registrator.hjo")
    for ids in ([own.id, foreign.id], [own.id, "x"], [own.id, 10**30], list(range(1, 200))):
        answer = empty.post("/admin/outbox/retry-many/", data={"rowid": ids})
        assert answer.status_code == 404
    assert fresh(own).state == "failed"


def test_a_mail_that_came_back_is_told_apart(empty: Client) -> None:
    message = mail("failed")
    fresh(message).bounced_at = utcnow()
    db.session.commit()
    empty.login("admin")
    assert "Kom tillbaka" in empty.get("/admin/outbox/?show=failed").text
    assert "Kom tillbaka" in empty.get(f"/admin/outbox/details/?id={message.id}").text
