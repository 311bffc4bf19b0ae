"""Files on the reply page: own ones and those of sent answers, nothing else (T31, T33, T39)."""

from __future__ import annotations

import pytest
from flask import Flask

from extensions import db
from models import Attachment, utcnow
from tests.support.cases import new_case
from tests.support.clamd import EICAR, Scanner, use_scanner
from tests.support.client import Client
from tests.support.files import worker_looks
from tests.support.pictures import HEIC, phone_photo, photo, secrets_in
from tests.web.public_site import parsed, upload
from tests.web.reply_site import add, attach, reply_path, write

pytestmark = pytest.mark.usefixtures("app", "town")


def test_own_files_and_those_of_answers_can_be_fetched_and_no_others(client: Client):
    case = new_case()
    path = reply_path(case)
    answer = add(case, "sent_email", "answer", "Se bilagan.")
    note = add(case, "note", "note", "Internt", "registered")
    own = attach(case, "min bild på ön.pdf", "submitter")
    sent = attach(case, "svar.pdf", "staff", answer)
    inside = [attach(case, "internt.pdf", "staff"), attach(case, "n.pdf", "staff", note)]
    foreign = attach(new_case(), "annans.pdf", "submitter")

    for public_id in (own, sent):
        response = client.get(f"{path}/fil/{public_id}")
        assert response.status_code == 200
        assert response.headers["Content-Disposition"].startswith("attachment;")
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in response.headers["Content-Security-Policy"]
        assert response.headers["Cache-Control"] == "no-store"
    for public_id in (*inside, foreign, "x" * 43):
        assert client.get(f"{path}/fil/{public_id}").status_code == 404
    name = client.get(f"{path}/fil/{own}").headers["Content-Disposition"]
    assert "filename*=UTF-8''min%20bild%20p%C3%A5%20%C3%B6n.pdf" in name
    assert {own, sent} == {
        link.attributes["href"].rsplit("/", 1)[1]
        for link in parsed(client.get(path)).all("a")
        if "/fil/" in link.attributes["href"]
    }


def test_a_removed_file_is_gone(client: Client):
    case = new_case()
    path = reply_path(case)
    public_id = attach(case, "bild.pdf", "submitter")
    db.session.query(Attachment).one().removed_at = utcnow()
    db.session.commit()

    assert client.get(f"{path}/fil/{public_id}").status_code == 404
    assert "bild.pdf" not in client.get(path).get_data(as_text=True)


def test_a_refused_file_keeps_message_and_other_files(client: Client):
    path = reply_path(new_case())

    response = write(client, path, "Se bilden", files=[upload("x.svg", b"<svg/>"), upload("a.png")])

    page = parsed(response)
    assert response.status_code == 422
    assert page.one("textarea", name="text").text.strip() == "Se bilden"
    assert "Ta bort a.png" in page.one("form").text
    assert "Filen x.svg" in page.one("div", id="error-summary").text


def test_pictures_of_answers_come_without_their_place_and_own_ones_as_they_were_sent(
    client: Client,
):
    case = new_case()
    path = reply_path(case)
    answer = add(case, "sent_email", "answer", "Se bilagan.")
    own = attach(case, "min.jpg", "submitter", content=phone_photo())
    sent = attach(case, "mobil.heic", "staff", answer, content=HEIC)
    worker_looks()

    mine, theirs = (client.get(f"{path}/fil/{public_id}") for public_id in (own, sent))

    assert mine.data == phone_photo()
    assert theirs.mimetype == "image/jpeg"
    assert secrets_in(theirs.data) == []
    assert "mobil.jpg" in theirs.headers["Content-Disposition"]
    page = parsed(client.get(path))
    pictures = page.all("img", class_="file-picture")
    assert [image.attributes["alt"] for image in pictures] == ["min.jpg", "mobil.jpg"]
    for image in pictures:
        small = client.get(image.attributes["src"])
        assert (small.status_code, small.mimetype) == (200, "image/jpeg")
        assert small.headers["Cache-Control"] == "no-store"
        assert secrets_in(small.data) == []


def test_a_picture_of_an_answer_waits_for_its_copy(client: Client):
    case = new_case()
    path = reply_path(case)
    sent = attach(
        case, "bild.jpg", "staff", add(case, "sent_email", "answer", "x"), content=phone_photo()
    )

    answer = client.get(f"{path}/fil/{sent}")

    assert answer.status_code == 409
    assert "Bilden förbereds. Försök igen om en stund." in answer.text
    assert client.get(f"{path}/fil/{sent}/bild").status_code == 404


def test_what_is_infected_or_not_scanned_is_shut_in_here_too(
    client: Client, app: Flask, monkeypatch: pytest.MonkeyPatch
):
    case = new_case()
    path = reply_path(case)
    with Scanner() as scanner:
        use_scanner(app, monkeypatch, scanner.url)
        bad = attach(case, "ond.txt", "submitter", content=EICAR)
        worker_looks()
        waiting = attach(case, "ny.txt", "submitter", content=b"Hej")

        answers = [client.get(f"{path}/fil/{public_id}") for public_id in (bad, waiting)]
        page = client.get(path).text

    assert [answer.status_code for answer in answers] == [403, 409]
    assert EICAR not in answers[0].data
    assert "Smittad, spärrad" in page
    assert "Ej kontrollerad än" in page
    assert "/fil/" not in page


def test_a_small_picture_of_a_foreign_case_or_an_inner_file_is_not_there(client: Client):
    path = reply_path(new_case())
    case = new_case()
    foreign = attach(case, "annans.png", "submitter", content=photo())
    own_path = reply_path(case)
    inside = attach(case, "inre.png", "staff", content=photo(7))
    worker_looks()

    assert client.get(f"{path}/fil/{foreign}/bild").status_code == 404
    assert client.get(f"{own_path}/fil/{inside}/bild").status_code == 404
    assert client.get(f"{own_path}/fil/{foreign}/bild").status_code == 200
