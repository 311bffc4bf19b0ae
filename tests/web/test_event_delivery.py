"""What an event's card says of its mail, and what it offers when the mail did not arrive."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask

from domain.bounces import parse_bounce
from extensions import db
from models import Case, Event, OutboxMessage, RoleAssignment, utcnow
from services.bounces import take_bounce
from services.correspondence import draft, send_email
from services.delivery import claim_due, finish_failed, finish_sent
from services.events import add_event
from tests.support.bounces import bounce
from tests.support.cases import (
    HJO,
    actor,
    choice,
    layout,
    log_of,
    mails,
    new_case,
    person,
    unit_id,
)
from tests.support.client import Client
from tests.support.mails import fresh

pytestmark = pytest.mark.usefixtures("town")


@pytest.fixture
def case(app: Flask) -> Case:
    found = new_case(
        HJO,
        unit=unit_id("Fritid"),
        responsible=person("handlaggare.hjo").id,
        contact_way=choice(HJO, "contact_way", "E-post"),
        answer="<p>Lampan byts.</p>",
    )
    for message in mails():
        message.state = "sent"
    db.session.commit()
    return found


def send(case: Case, key: str = "confirmation-email") -> OutboxMessage:
    """A mail from a template, waiting in the outbox."""
    template = next(t for t in layout(HJO).event_templates if t.key == key)
    user, who = person("handlaggare.hjo"), actor("handlaggare.hjo")
    made = draft(case, layout(HJO), template, actor=who, user=user)
    event = send_email(case, layout(HJO), template, made, confirmed_other=False, key=key, actor=who)
    db.session.commit()
    assert event is not None
    return db.session.query(OutboxMessage).filter_by(event_id=event.id).one()


def fail(message: OutboxMessage, *, permanent: bool = True, reason: str = "550 finns inte") -> None:
    mail = claim_due(utcnow(), 60)
    assert mail is not None
    assert mail.id == message.id
    finish_failed(mail.id, mail.claim, reason, now=utcnow(), permanent=permanent)
    db.session.commit()


def card(client: Client, message: OutboxMessage) -> str:
    """The card's HTML."""
    event = db.session.get_one(Event, message.event_id)
    page = client.get(f"/admin/case/edit/?id={message.case_id}").text
    found = re.search(rf'<article[^>]*id="handelse-{event.number}".*?</article>', page, re.DOTALL)
    assert found
    return found[0]


def retry_url(message: OutboxMessage) -> str:
    event = db.session.get_one(Event, message.event_id)
    return f"/admin/case/delivery/{message.case_id}/{event.number}/retry"


def test_a_mail_that_simply_left_says_so_and_no_more(client: Client, case: Case) -> None:
    message = send(case)
    mail = claim_due(utcnow(), 60)
    assert mail is not None
    assert finish_sent(mail.id, mail.claim, now=utcnow())
    db.session.commit()
    client.login("handlaggare.hjo")
    html = card(client, message)
    assert "Skickat" in html
    assert "event-note" not in html
    assert "Försök igen" not in html


def test_a_mail_that_waits_says_how_often_it_was_tried_when_and_why(
    client: Client, case: Case
) -> None:
    message = send(case)
    fail(message, permanent=False, reason="Mejlet gick inte att lämna: 451 senare")
    client.login("handlaggare.hjo")
    html = card(client, message)
    assert "Väntar på att skickas" in html
    assert "1 försök hittills. Senaste försöket:" in html
    assert "Nästa försök:" in html
    assert "Orsak: Mejlet gick inte att lämna: 451 senare." in html
    assert "Försök igen" not in html


def test_a_mail_that_left_at_the_third_try_says_so(client: Client, case: Case) -> None:
    message = send(case)
    now = utcnow()
    for _try in range(2):
        mail = claim_due(now, 60)
        assert mail is not None
        finish_failed(mail.id, mail.claim, "451", now=now)
        db.session.commit()
        now = fresh(message).next_try_at
    mail = claim_due(now, 60)
    assert mail is not None
    finish_sent(mail.id, mail.claim, now=now)
    db.session.commit()
    client.login("handlaggare.hjo")
    assert "vid försök 3." in card(client, message)


def test_after_a_failure_the_card_offers_three_ways_on(client: Client, case: Case) -> None:
    message = send(case)
    fail(message)
    client.login("handlaggare.hjo")
    html = card(client, message)
    assert "Orsak: 550 finns inte." in html
    assert f'formaction="{retry_url(message)}"' in html
    assert f'href="/admin/case/event/{case.id}/confirmation-email"' in html
    assert "Ändra adress och skicka igen" in html
    letter = re.search(r'href="(/admin/case/event/\d+/[^"]*letter[^"]*)"', html)
    assert letter
    assert "Skriv brev i stället" in html
    assert client.get(letter[1]).status_code == 200


def test_trying_again_takes_the_mark_of_the_case_away(client: Client, case: Case) -> None:
    message = send(case)
    fail(message)
    client.login("handlaggare.hjo")
    assert "E-post kom inte fram" in client.get(f"/admin/case/edit/?id={case.id}").text
    answer = client.post(retry_url(message), follow_redirects=True)
    assert "Mejlet skickas igen." in answer.text
    assert "E-post kom inte fram" not in answer.text
    assert fresh(message).state == "queued"
    twice = client.post(retry_url(message), follow_redirects=True)
    assert "väntar redan på att skickas" in twice.text
    assert len(log_of(case, "mail.retried")) == 1


def test_a_bounce_shows_as_what_it_is(client: Client, case: Case) -> None:
    message = send(case)
    row = fresh(message)
    row.state, row.sent_at, row.event.state = "sent", utcnow() - timedelta(hours=2), "sent"
    db.session.commit()
    found = parse_bounce(bounce(row.message_id, final=row.recipient_email))
    assert found is not None
    assert take_bounce(found, now=utcnow())
    db.session.commit()
    client.login("handlaggare.hjo")
    html = card(client, message)
    assert "Mejlet skickades, men kom tillbaka" in html
    assert "550 5.1.1" in html
    assert "Försök igen" in html


@pytest.mark.parametrize(
    ("username", "status"),
    [("handlaggare.hjo", 302), ("registrator.hjo", 302), ("lasare.omsorg", 404), ("admin", 403)],
)
def test_who_may_try_again(client: Client, case: Case, username: str, status: int) -> None:
    """The administrator has the outbox, and no case page."""
    message = send(case)
    fail(message)
    client.login(username)
    assert client.post(retry_url(message)).status_code == status
    assert (fresh(message).state == "queued") == (status == 302)


def test_who_may_not_see_addresses_reads_the_reason_without_one(client: Client, case: Case) -> None:
    message = send(case)
    fail(message, reason=f"550 <{message.recipient_email}> unknown")
    reader = person("lasare.omsorg")
    reader.assignments.append(RoleAssignment(role="reader", unit_id=unit_id("Kommunförvaltningen")))
    db.session.commit()
    client.login("lasare.omsorg")
    html = card(client, message)
    assert "unknown" in html
    assert message.recipient_email not in html
    assert "Försök igen" not in html
    assert client.post(retry_url(message)).status_code == 403


def test_an_event_without_a_mail_cannot_be_sent_again(client: Client, case: Case) -> None:
    note = add_event(case, kind="note", title="Samtal", actor=actor("handlaggare.hjo"))
    db.session.commit()
    client.login("registrator.hjo")
    url = f"/admin/case/delivery/{case.id}/{note.number}/retry"
    assert "inget mejl att skicka igen" in client.post(url, follow_redirects=True).text
    assert client.post(f"/admin/case/delivery/{case.id}/999/retry").status_code == 404
    assert client.get(url).status_code == 405
