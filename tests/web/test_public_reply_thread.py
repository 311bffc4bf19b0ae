"""The thread on the reply page: who wrote what and when, posted letters, and the short receipt."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from cli.worker import Worker
from domain.clock import as_of
from extensions import current_settings, db
from models import Case, OutboxMessage, utcnow
from services.delivery import claim_due
from services.link_seals import unseal
from services.secret_links import find_case, known_link
from tests.support.cases import HJO, mails, new_case, person, unit_id
from tests.support.client import Client
from tests.support.mails import queued
from tests.support.smtp import Mailbox
from tests.web.reply_site import add, hidden_key, reply_path, write

pytestmark = pytest.mark.usefixtures("app", "town")


def thread(client: Client, path: str) -> list[str]:
    """The messages in the order of the page, each as (heading and text)."""
    articles = re.findall(r"<article.*?</article>", client.get(path).text, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", article).split()) for article in articles]


@pytest.mark.row("H17", "S20")
def test_the_thread_runs_in_time_and_says_who_wrote_what(client: Client) -> None:
    case = new_case(responsible=person("handlaggare.hjo").id)
    path, start = reply_path(case), utcnow()
    texts = [
        ("sent_email", "answer", "Lampan byts på måndag.", "sent"),
        ("citizen_reply", "reply", "Den är fortfarande släckt.", "registered"),
        ("sent_email", "second_answer", "Vi byter den i dag.", "queued"),
    ]
    for number, (kind, purpose, body, state) in enumerate(texts):
        event = add(case, kind, purpose, body, state)
        event.happened_at = start - timedelta(hours=9 - number)
        if kind == "sent_email":
            event.sender = "Hjo kommun (synpunkten@hjo.example)"
    late = add(case, "sent_email", "confirmation", "Hans tar hand om det.")
    late.happened_at = start - timedelta(hours=20)  # registered last, happened first
    db.session.commit()

    shown = thread(client, path)

    assert [next(i for i, one in enumerate(shown) if body in one) for body in (
        "Hans tar hand", "Lampan byts", "Den är fortfarande", "Vi byter den",
    )] == [0, 1, 2, 3]  # fmt: skip
    assert "Du skrev" in shown[2]
    assert all("Du skrev" not in one for one in (shown[0], shown[1], shown[3]))
    assert "Vi skrev" in shown[1]


@pytest.mark.row("H17", "S20")
def test_what_staff_write_down_for_the_citizen_keeps_its_place(client: Client) -> None:
    case = new_case()
    path = reply_path(case)
    noted = add(case, "citizen_reply", "reply", "Hon ringde: lampan är släckt.", "registered")
    noted.created_by_id = person("handlaggare.hjo").id
    db.session.commit()
    (shown,) = thread(client, path)
    assert "Du skrev" in shown
    assert "Vi antecknade det här åt dig" in shown


@pytest.mark.row("H16", "H17")
def test_a_letter_shows_when_it_is_posted_and_not_before(client: Client) -> None:
    case = new_case()
    path = reply_path(case)
    letter = add(case, "document", "answer", "Brevets text.", "draft")
    assert thread(client, path) == []
    letter.state = "sent"
    db.session.commit()
    assert "Brevets text." in thread(client, path)[0]
    letter.state = "voided"
    db.session.commit()
    assert thread(client, path) == []


def test_a_removed_message_is_shown_to_nobody(client: Client) -> None:
    case = new_case()
    path = reply_path(case)
    add(case, "sent_email", "answer", "Fel ärende.").removed_at = utcnow()
    db.session.commit()
    assert thread(client, path) == []


@pytest.mark.row("S20")
def test_each_message_is_confirmed_once_by_mail(client: Client) -> None:
    handler = person("handlaggare.hjo")
    case = new_case(HJO, unit=unit_id("Fritid"), responsible=handler.id)
    path = reply_path(case)
    data = {**hidden_key(client, path), "text": "KANARIE når lampan?"}
    for _time in range(3):
        assert client.post(path, data=data).status_code == 303
    (mail,) = mails("reply_receipt")
    assert mail.recipient_email == case.submitter.email
    assert mail.subject == f"Vi har fått ditt meddelande ({case.id})"
    assert handler.name in mail.text
    assert "KANARIE" not in mail.text + mail.html
    link = re.search(r"/svar/([\w-]{43})", unseal(mail.text, case.id))
    assert link is not None
    assert find_case(link[1]) is not None
    assert mail.event_id is None


def test_the_receipt_of_a_message_is_marked_as_automatic(client: Client, smtp: Mailbox) -> None:
    for message in mails():
        message.state = "sent"
    case = new_case()
    assert write(client, reply_path(case), "Hej").status_code == 303
    work = Worker(current_settings())
    while work.deliver_next():
        pass
    (mail,) = smtp.to("berit.ek@example.org")
    assert mail.message["Auto-Submitted"] == "auto-generated"


def test_a_flood_of_messages_fills_nobodys_mailbox(client: Client) -> None:
    case = new_case()
    path = reply_path(case)
    for number in range(9):
        assert write(client, path, f"Meddelande {number}").status_code == 303
    assert len(mails("reply_receipt")) == 5
    assert "Ditt meddelande har kommit fram" in client.get(path).text
    with as_of(utcnow() + timedelta(days=1, minutes=1)):
        write(client, path, "Nästa dag")
    assert len(thread(client, path)) == 10


def test_without_an_address_the_page_alone_confirms(client: Client) -> None:
    case = new_case(submitter_email="")
    path = reply_path(case)
    assert write(client, path, "Hej").status_code == 303
    assert mails("reply_receipt") == []
    assert "Ditt meddelande har kommit fram" in client.get(path).text


def test_the_receipt_of_a_sensitive_case_says_no_code(client: Client) -> None:
    case = new_case()
    case.is_secret = True
    db.session.commit()
    link = known_link(case)
    assert link is not None
    client.post(f"{link.path}/kod", data={"code": link.code})
    assert write(client, link.path, "KANARIE").status_code == 303
    (mail,) = mails("reply_receipt")
    text = unseal(mail.text, case.id) + unseal(mail.html, case.id)
    assert link.code not in text
    assert "KANARIE" not in text
    assert case.title not in text


def test_an_answer_overtakes_the_receipt_of_a_message(client: Client) -> None:
    case: Case = new_case()
    for message in mails():
        message.state = "sent"
    write(client, reply_path(case), "Hej")
    receipt = db.session.query(OutboxMessage).filter_by(purpose="reply_receipt").one()
    receipt.next_try_at -= timedelta(hours=1)
    answer = queued(priority=1)
    mail = claim_due(utcnow(), 60)
    assert mail is not None
    assert mail.id == answer.id
