"""The reply page: what it shows, what it hides, who gets in (H17, S20, T38, T39)."""

from __future__ import annotations

import pytest

from domain.clock import local_today
from extensions import db
from models import Event, OutboxMessage, User, utcnow
from services.secret_links import revoke_links
from tests.support.cases import new_case, person
from tests.support.client import Client
from tests.support.fingerprint import everything
from tests.web.public_site import parsed, upload
from tests.web.reply_site import add, attach, hidden_key, reply_path, write

pytestmark = pytest.mark.usefixtures("app", "town")


@pytest.mark.row("H17")
def test_the_citizen_reads_the_own_text_the_answer_and_who_to_call(client: Client):
    case = new_case(responsible=person("handlaggare.hjo").id)
    path = reply_path(case)
    add(case, "sent_email", "confirmation", "Hans tar hand om det.")
    add(case, "sent_email", "answer", "Lampan byts på måndag.")

    main = parsed(client.get(path)).one("main").text

    for shown in (str(case.id), case.text, "Hans tar hand om det.", "Lampan byts på måndag."):
        assert shown in main
    assert person("handlaggare.hjo").name in main


CANARIES = {
    "internal_note": "KANARIE1", "internal_comment": "KANARIE2", "delay_reason": "KANARIE3",
    "answer": "<div>KANARIE4</div>", "received_by": "KANARIE5", "title": "KANARIE6",
    "own_type": "KANARIE7", "receiver_workplace": "KANARIE8",
}  # fmt: skip


def test_no_internal_word_reaches_the_page(client: Client):
    """T39: an allow-list. Notes, drafts, other events and other people's data stay inside."""
    responsible = person("handlaggare.hjo")
    case = new_case(responsible=responsible.id, **CANARIES)
    responsible.email = "KANARIE9@kommunen.example"
    responsible.signature = "KANARIE10"
    case.text = "Maskerad: KANARIE11"
    for number, kind in enumerate(
        ("note", "meeting", "phone_in", "phone_out", "received_email", "event"), start=12
    ):
        add(case, kind, "note", f"KANARIE{number}", "registered")
    add(case, "sent_email", "reminder", "KANARIE18")
    add(case, "sent_email", "external", "KANARIE19")
    add(case, "sent_email", "answer", "KANARIE20", "voided")
    attach(case, "KANARIE21.pdf", "staff")
    other = new_case(text="KANARIE22")
    attach(other, "KANARIE23.pdf", "submitter")

    page = client.get(reply_path(case)).get_data(as_text=True)

    assert "KANARIE" not in page
    assert "Det är svårt att se trafiken" in page  # the original, not the masked text


def test_a_wrong_link_and_a_dead_one_get_the_same_page_that_helps(client: Client):
    wrong = client.get("/svar/" + "x" * 43)
    case = new_case()
    path = reply_path(case)
    revoke_links(case)
    db.session.commit()
    dead = client.get(path)

    assert (wrong.status_code, dead.status_code) == (404, 404)
    mains = [parsed(answer).one("main").text for answer in (wrong, dead)]
    assert mains[0] == mains[1]
    assert "Länken fungerar inte" in mains[0]
    assert "Du kan också gå in med ditt nummer och din kod." in mains[0]
    assert dead.headers["Cache-Control"] == "no-store"


def test_what_was_written_on_a_dead_link_comes_back(client: Client):
    case = new_case()
    path = reply_path(case)
    revoke_links(case)
    db.session.commit()

    answer = client.post(path, data={"text": "Viktigt & <b>långt</b>"})

    assert answer.status_code == 404
    assert parsed(answer).one("textarea").text.strip() == "Viktigt & <b>långt</b>"
    assert db.session.query(Event).count() == 0


def test_looking_at_the_page_changes_nothing(client: Client):
    path = reply_path(new_case())
    client.get(path)
    before = everything()
    for _ in range(1000 // 2):
        client.get(path)
        client.head(path)

    assert everything() == before


def test_the_page_is_told_to_nobody(client: Client):
    response = client.get(reply_path(new_case()))

    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in response.headers["X-Robots-Tag"]


@pytest.mark.row("H17")
@pytest.mark.row("S20")
def test_a_message_becomes_an_event_and_a_mail_to_the_responsible(client: Client):
    case = new_case(responsible=person("handlaggare.hjo").id)
    path = reply_path(case)
    version = case.version
    before = db.session.query(OutboxMessage).count()

    response = write(client, path, "Tack!\n\n<b>Men</b> när?", files=upload("bild.png"))

    assert response.status_code == 303
    event = db.session.query(Event).filter_by(case_id=case.id).one()
    assert (event.kind, event.title) == ("citizen_reply", "Synpunktslämnarens svar-på-svar")
    assert "&lt;b&gt;Men&lt;/b&gt;" in event.body
    assert [file.filename for file in event.attachments] == ["bild.png"]
    assert (case.has_new_reply, case.version) == (True, version)
    new = db.session.query(OutboxMessage).order_by(OutboxMessage.id).all()[before:]
    responsible = person("handlaggare.hjo")
    told = {mail.purpose: mail.recipient_email for mail in new}
    assert told == {"reply_received": responsible.email, "reply_receipt": case.submitter.email}
    page = parsed(client.get(path)).one("main").text
    assert f"Ditt meddelande har kommit fram till {responsible.name}. Vi svarar senast" in page
    assert "Du skrev" in page
    assert "<b>Men</b> när?" in page


def test_a_message_sent_twice_is_there_once(client: Client):
    path = reply_path(new_case())
    data = {**hidden_key(client, path), "text": "Hej"}

    answers = [client.post(path, data=data).status_code for _ in range(5)]

    assert answers == [303] * 5
    assert db.session.query(Event).count() == 1


def test_a_closed_case_takes_messages_and_stays_closed(client: Client):
    closer = person("handlaggare.hjo").id
    case = new_case()
    path = reply_path(case)
    case.closed_at, case.closed_by_id = utcnow(), closer
    case.answered_on = local_today()
    db.session.commit()

    assert "Ärendet är avslutat" in client.get(path).get_data(as_text=True)
    assert write(client, path, "Det hjälpte inte.").status_code == 303

    assert case.is_closed
    assert case.has_new_reply


def test_an_empty_or_endless_message_comes_back(client: Client):
    path = reply_path(new_case())

    assert write(client, path, "   ").status_code == 422
    response = write(client, path, "ö" * 20_001)

    assert response.status_code == 422
    assert parsed(response).one("textarea", name="text").text.strip() == "ö" * 20_001
    assert db.session.query(Event).count() == 0


def test_without_a_valid_token_the_message_comes_back(client: Client):
    path = reply_path(new_case())
    data = {**hidden_key(client, path), "text": "Viktigt"}

    response = client.post(path, data=data, csrf=False)

    assert response.status_code == 422
    assert parsed(response).one("textarea", name="text").text.strip() == "Viktigt"
    assert db.session.query(Event).count() == 0


def test_many_messages_in_an_hour_wait_with_their_text(client: Client):
    path = reply_path(new_case())
    for number in range(20):
        assert write(client, path, f"Meddelande {number}").status_code == 303

    response = write(client, path, "Ett till")

    assert response.status_code == 429
    assert parsed(response).one("textarea", name="text").text.strip() == "Ett till"


def test_another_persons_name_never_shows(client: Client):
    case = new_case(responsible=person("handlaggare.hjo").id)

    page = client.get(reply_path(case)).get_data(as_text=True)

    names = db.session.scalars(db.select(User.name)).all()
    assert [name for name in names if name in page] == [person("handlaggare.hjo").name]


def test_the_number_of_queries_does_not_grow_with_the_messages(client: Client, count_queries):
    case = new_case()
    path = reply_path(case)
    add(case, "sent_email", "answer", "Ett")
    few = count_queries(lambda: client.get(path))
    for _ in range(12):
        attach(case, "bild.pdf", "submitter", add(case, "sent_email", "answer", "Fler"))

    assert count_queries(lambda: client.get(path)) <= few


@pytest.fixture
def count_queries(app):
    from sqlalchemy import event

    def count(deed) -> int:
        statements: list[str] = []

        def note(_conn, _cursor, statement, *_rest) -> None:
            statements.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        try:
            deed()
        finally:
            event.remove(db.engine, "before_cursor_execute", note)
        return len(statements)

    return count
