"""From Skicka to the receipt: one case, whatever happens on the way (S05, H10, G02)."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from domain.meanings import Meaning
from extensions import db
from models import Attachment, OutboxMessage, StagedFile, Submission, utcnow
from queries.configuration import configuration
from services.secret_links import known_link
from tests.support.client import Client
from tests.support.fingerprint import everything
from tests.web.public_site import (
    TEXT,
    answers,
    cases,
    choice_id,
    opened,
    parsed,
    sent,
    unit_id,
    upload,
)

pytestmark = pytest.mark.usefixtures("app", "town")

PERSON = {
    "submitter_name": "Åsa Öberg",
    "submitter_email": "asa@example.se",
    "submitter_phone": "070-123 45 67",
}


@pytest.mark.row("S05")
@pytest.mark.parametrize("slug", ["hjo", "omsorgskontoret", "socialkontoret"])
def test_a_form_becomes_a_case_and_leads_to_its_receipt(client: Client, slug: str):
    response = sent(client, slug, **PERSON)

    assert response.status_code == 303
    (case,) = cases()
    form = configuration().form(slug)
    assert form is not None
    assert (case.text, case.case_type_id) == (TEXT, form.case_type_id)
    assert case.submitter.name == "Åsa Öberg"
    layout = configuration().case_type(case.case_type_id)
    assert layout is not None
    assert layout.meaning_of(case.channel_id) == Meaning.CHANNEL_WEB
    assert client.get(response.location).status_code == 200


@pytest.mark.row("S05")
def test_the_receipt_shows_all_that_was_sent_and_what_is_promised(client: Client):
    slug = "omsorgskontoret"
    with time_machine.travel("2026-12-23T12:00:00Z", tick=False):
        response = sent(
            client,
            slug,
            **PERSON,
            unit=unit_id("Boendestöd VFF"),
            submitter_kind=choice_id(slug, "submitter_kind", "Anhörig"),
            internal_comment="Fler lampor",
            contact_way=choice_id(slug, "contact_way", Meaning.CONTACT_EMAIL),
            files=upload("bild på lampan.png"),
        )
        page = parsed(client.get(response.location))

    (case,) = cases()
    link = known_link(case)
    assert link is not None
    main = page.one("main").text
    assert page.one("h1").text == "Tack! Vi har tagit emot din synpunkt"
    for shown in (
        str(case.id), link.code, link.path, TEXT, "Boendestöd VFF", "Anhörig", "Fler lampor",
        "Per e-post", "Åsa Öberg", "070-123 45 67", "bild på lampan.png", "23 december 2026",
        "Senast 29 december 2026", "Senast 13 januari 2027",
        "Vi har också skickat en kvittens till asa@example.se.",
    ):  # fmt: skip
        assert shown in main, shown


def test_who_wants_no_answer_is_promised_none(client: Client):
    main = parsed(client.get(sent(client, "hjo").location)).one("main").text

    assert "Du har valt att inte få något svar." in main
    assert "Senast" not in main
    assert "skriv gärna ut den här sidan" in main


def test_a_receipt_is_kept_to_its_sender(client: Client):
    response = client.get(sent(client, "hjo").location)

    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in response.headers["X-Robots-Tag"]


def test_a_receipt_is_shown_for_a_day_and_then_says_where_to_go(client: Client):
    location = sent(client, "hjo").location
    with time_machine.travel(utcnow() + timedelta(hours=23, minutes=59), tick=False):
        assert client.get(location).status_code == 200
    with time_machine.travel(utcnow() + timedelta(hours=24, minutes=1), tick=False):
        response = client.get(location)

    assert response.status_code == 404
    assert "/svar" in response.get_data(as_text=True)
    assert TEXT[:20] not in response.get_data(as_text=True)


def test_what_staff_write_in_an_internal_field_never_reaches_the_receipt(client: Client):
    location = sent(client, "omsorgskontoret", internal_comment="Från formuläret").location
    assert "Från formuläret" in client.get(location).get_data(as_text=True)
    (case,) = cases()
    case.internal_comment = "KANARIE"
    db.session.commit()

    page = client.get(location).get_data(as_text=True)

    assert "KANARIE" not in page
    assert TEXT[:20] in page


@pytest.mark.row("S05")
def test_one_receipt_mail_goes_to_the_address_that_was_given(client: Client):
    sent(client, "hjo", **PERSON)

    receipts = db.session.query(OutboxMessage).filter_by(recipient_email="asa@example.se").all()
    assert len(receipts) == 1
    assert str(cases()[0].id) in receipts[0].subject


def test_the_sender_is_remembered_as_the_citizen_and_nothing_else(client: Client):
    sent(client, "hjo")

    (case,) = cases()
    assert case.created_by_id is None


def test_a_unit_that_is_not_asked_for_is_the_units_of_the_form(client: Client):
    sent(client, "hjo")
    sent(client, "omsorgskontoret", unit=unit_id("Boendestöd VFF"))

    hjo, omsorg = cases()
    assert hjo.unit_id is None
    assert omsorg.unit_id == unit_id("Boendestöd VFF")


def test_the_back_button_a_reload_and_twenty_replays_make_one_case(client: Client):
    hidden = opened(client)

    answers_of_server = {sent(client, "hjo", hidden).location for _ in range(20)}

    assert len(cases()) == 1
    assert answers_of_server == {f"/kvittens/{hidden['form_key']}"}
    assert db.session.query(OutboxMessage).count() == _mails_of_one()


def _mails_of_one() -> int:
    """How many mails the one case made (registrars; no address was given)."""
    return db.session.query(OutboxMessage).filter_by(case_id=cases()[0].id).count()


def test_twenty_requests_at_the_same_moment_make_one_case(app: Flask, client: Client):
    hidden = opened(client)
    data = {**answers("hjo", **PERSON), **hidden}
    clients = [app.test_client() for _ in range(20)]
    start = threading.Barrier(20)
    seen: list[tuple[int, str]] = []
    db.session.rollback()

    def post(sender: Client) -> None:
        start.wait()
        response = sender.post("/synpunkt/hjo", data=dict(data))
        seen.append((response.status_code, response.location))

    threads = [threading.Thread(target=post, args=(sender,)) for sender in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(cases()) == 1
    assert set(seen) == {(303, f"/kvittens/{hidden['form_key']}")}
    assert len(seen) == 20
    assert db.session.query(Submission).count() == 1
    receipts = db.session.query(OutboxMessage).filter_by(recipient_email="asa@example.se")
    assert receipts.count() == 1


@pytest.mark.row("H10")
def test_accepted_files_are_kept_over_a_mistake(client: Client):
    hidden = opened(client)
    first = sent(client, "hjo", hidden, text="", files=[upload("a.png"), upload("b.pdf")])

    page = parsed(first)
    assert first.status_code == 422
    assert "Ta bort a.png" in page.one("form").text
    assert "Ta bort b.pdf" in page.one("form").text

    second = sent(client, "hjo", hidden, files=upload("c.pdf"))

    assert second.status_code == 303
    names = db.session.scalars(db.select(Attachment.filename).order_by(Attachment.id)).all()
    assert names == ["a.png", "b.pdf", "c.pdf"]
    assert db.session.query(StagedFile).count() == 0


def test_an_accepted_file_can_be_taken_away_again(client: Client):
    hidden = opened(client)
    page = parsed(sent(client, "hjo", hidden, text="", files=[upload("a.png"), upload("b.pdf")]))
    box = page.all("input", type="checkbox", name="remove_file")[0]

    sent(client, "hjo", {**hidden, "remove_file": box.attributes["value"]})

    assert db.session.scalars(db.select(Attachment.filename)).all() == ["b.pdf"]


def test_a_refused_file_is_named_and_the_rest_is_kept(client: Client):
    hidden = opened(client)
    response = sent(client, "hjo", hidden, files=[upload("sida.html", b"<p>"), upload("a.png")])

    page = parsed(response)
    assert response.status_code == 422
    assert "Filer: Filen sida.html är av en typ" in page.one("div", id="error-summary").text
    assert page.one("textarea", name="f_text").text.strip() == TEXT
    assert "Ta bort a.png" in page.one("form").text
    assert cases() == []

    assert sent(client, "hjo", hidden).status_code == 303
    assert db.session.scalars(db.select(Attachment.filename)).all() == ["a.png"]


def test_files_that_are_too_large_together_come_back_with_the_text(client: Client):
    size = 19 * 1024 * 1024
    files = [upload(f"{n}.pdf", (b"%PDF-1.4 " + bytes([65 + n])).ljust(size)) for n in range(4)]

    response = sent(client, "hjo", files=files)  # 76 MB

    page = parsed(response)
    assert response.status_code == 422
    assert "högst 50 MB tillsammans" in page.one("div", id="error-summary").text
    assert page.one("textarea", name="f_text").text.strip() == TEXT
    assert "Ta bort 1.pdf" in page.one("form").text
    assert "Ta bort 2.pdf" not in page.one("form").text


def test_a_staged_file_belongs_to_the_form_with_the_key(client: Client):
    mine = opened(client)
    sent(client, "hjo", mine, text="", files=upload("min.png"))

    sent(client, "hjo")

    assert db.session.query(Attachment).count() == 0
    assert db.session.query(StagedFile).count() == 1


def test_a_receipt_can_be_read_any_number_of_times_without_effect(client: Client):
    location = sent(client, "hjo", **PERSON).location
    before = everything()
    for _ in range(25):
        client.get(location)
        client.head(location)

    assert everything() == before
