"""A citizen's message on the reply page (H17, S20, decision D4)."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime

import pytest

from domain.errors import RuleBroken
from extensions import db
from models import Case, Event, SecretLink, utcnow
from services.attachments import stage
from services.replies import receive_reply, reply_promised_by
from services.submissions import AlreadyReceived
from services.unit_of_work import unit_of_work
from tests.support.cases import log_of, mails, new_case, person
from tests.unit.file_zoo import png

pytestmark = pytest.mark.usefixtures("app", "town")


def link_to(case: Case) -> SecretLink:
    return db.session.scalars(db.select(SecretLink).filter_by(case_id=case.id)).one()


def replied(case: Case, text: str = "När byts lampan?", key: str = "k") -> Event:
    with unit_of_work():
        return receive_reply(link_to(case), text, key=key, now=utcnow())


@pytest.mark.row("H17")
def test_a_message_is_a_numbered_event_of_the_case():
    case = new_case(responsible=person("handlaggare.hjo").id)

    event = replied(case, "Rad ett\nRad två <b>")

    assert (event.number, event.kind, event.purpose) == (1, "citizen_reply", "reply")
    assert event.title == "Synpunktslämnarens svar-på-svar"
    assert event.body == "<div>Rad ett<br>Rad två &lt;b&gt;</div>"
    assert (event.sender, event.recipient) == ("Berit Ek", person("handlaggare.hjo").name)
    (line,) = log_of(case, "event.added")
    assert line.actor_name == "Synpunktslämnaren"


@pytest.mark.row("S20")
def test_the_responsible_is_told_once():
    case = new_case(responsible=person("handlaggare.hjo").id)

    replied(case)

    (mail,) = mails("reply_received")
    assert mail.recipient_email == person("handlaggare.hjo").email
    assert "När byts lampan?" in mail.text


def test_the_mark_is_set_and_nobodys_open_form_is_refused():
    case = new_case()
    version = case.version

    replied(case)

    assert (case.has_new_reply, case.version) == (True, version)


def test_a_closed_case_stays_closed():
    closer = person("handlaggare.hjo").id
    case = new_case()
    case.closed_at, case.closed_by_id = utcnow(), closer
    db.session.commit()

    replied(case)

    assert (case.is_closed, case.has_new_reply) == (True, True)


def test_a_repeated_key_does_nothing():
    case = new_case()
    replied(case)

    with pytest.raises(AlreadyReceived):
        replied(case)

    assert db.session.query(Event).count() == 1


def test_files_come_with_the_event():
    case = new_case()
    stage("k", "bild.png", io.BytesIO(png()))

    event = replied(case)

    assert [(f.filename, f.source, f.case_id) for f in event.attachments] == [
        ("bild.png", "submitter", case.id)
    ]


def test_an_empty_message_is_refused():
    case = new_case()

    with pytest.raises(RuleBroken, match="Skriv ditt meddelande"):
        replied(case, " \n ")

    assert (db.session.query(Event).count(), case.has_new_reply) == (0, False)


def test_an_answer_is_promised_within_the_limit_of_the_type():
    case = new_case()

    promised = reply_promised_by(case, datetime(2026, 12, 23, 12, tzinfo=UTC))

    assert promised == date(2027, 1, 13)
