"""Files on the case page: small pictures, badges, and who may fetch what (manual H10; T31, T35)."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from PIL import Image

from domain.permissions import CITIZEN
from extensions import db
from gateways.files import FolderStore, StoreAway
from models import Attachment, Case, Event
from services.events import add_event
from tests.support.cases import HJO, choice, new_case, person, unit_id
from tests.support.clamd import EICAR, Scanner, use_scanner
from tests.support.client import Client
from tests.support.files import attach_file, stored, worker_looks
from tests.support.forms import form_data
from tests.support.pictures import phone_photo, photo, secrets_in
from tests.unit.file_zoo import PDF
from tests.web.public_site import Parsed, parsed, upload

pytestmark = pytest.mark.usefixtures("app", "town")
HANDLER = "handlaggare.hjo"
LOCKED = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def hjo_case() -> Case:
    return new_case(
        unit=unit_id("Fritid"),
        responsible=person(HANDLER).id,
        types=[choice(HJO, "types", "Klagomål")],
    )


def address(file: Attachment, what: str = "") -> str:
    return f"/admin/case/do/{file.case_id}/file/{file.public_id}{what}"


def case_page(client: Client, case: Case) -> Parsed:
    return parsed(client.get(f"/admin/case/edit/?id={case.id}"))


def event_of(case: Case) -> Event:
    event = add_event(
        case, kind="note", purpose="note", title="Besök", body="<div>x</div>", actor=CITIZEN
    )
    db.session.commit()
    return event


@pytest.mark.row("H10")
def test_a_picture_has_a_small_one_and_other_files_have_none(client: Client):
    case = hjo_case()
    picture = attach_file(case, "ön.jpg", phone_photo(), source="submitter")
    attach_file(case, "protokoll.pdf", PDF, actor=CITIZEN)
    attach_file(case, "röst.mp3", b"ID3\x04" + bytes(20), source="submitter")
    worker_looks()
    client.login(HANDLER)

    page = case_page(client, case)

    (image,) = page.all("img", class_="file-picture")
    assert image.attributes["alt"] == "ön.jpg"
    assert image.attributes["loading"] == "lazy"
    assert image.attributes["src"] == address(picture, "/thumbnail")
    shown = page.one("section", class_="field field-full case-files").text
    for words in ("protokoll.pdf", "röst.mp3", "från synpunktslämnaren", "från handläggningen"):
        assert words in shown


def test_the_small_picture_is_one_and_is_locked_up(client: Client):
    picture = attach_file(hjo_case(), "bild.jpg", phone_photo(), source="submitter")
    worker_looks()
    client.login(HANDLER)

    answer = client.get(address(picture, "/thumbnail"))

    assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
    assert {name: answer.headers[name] for name in LOCKED} == LOCKED
    assert secrets_in(answer.data) == []
    assert Image.open(io.BytesIO(answer.data)).size == (48, 64)


def test_staff_fetch_the_original_as_it_came(client: Client):
    picture = attach_file(hjo_case(), "bild.jpg", phone_photo(), source="submitter")
    worker_looks()
    client.login(HANDLER)

    answer = client.get(address(picture))

    assert answer.data == phone_photo()
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert {name: answer.headers[name] for name in LOCKED} == LOCKED


def test_there_is_no_small_picture_of_what_is_none_or_not_made_yet(client: Client):
    case = hjo_case()
    files = [attach_file(case, "protokoll.pdf", PDF), attach_file(case, "bild.png", photo())]
    client.login(HANDLER)

    assert [client.get(address(file, "/thumbnail")).status_code for file in files] == [404, 404]
    assert case_page(client, case).all("img", class_="file-picture") == []


def test_files_of_events_show_their_small_pictures_too(client: Client):
    case = hjo_case()
    picture = attach_file(case, "besök.png", photo(), event=event_of(case))
    worker_looks()
    client.login(HANDLER)

    card = parsed(client.get(f"/admin/case/edit/?id={case.id}"))

    sources = [image.attributes["src"] for image in card.all("img", class_="file-picture")]
    assert sources == [address(picture, "/thumbnail")] * 2  # under Filer and on the card


def test_who_may_not_see_the_case_sees_no_small_picture(client: Client):
    picture = attach_file(hjo_case(), "bild.png", photo())
    worker_looks()

    assert client.get(address(picture, "/thumbnail")).status_code == 302
    client.login("chef.omsorg")
    assert client.get(address(picture, "/thumbnail")).status_code == 404


# --- the scanner


def test_an_infected_file_is_shut_in_behind_every_door(
    client: Client, app: Flask, monkeypatch: pytest.MonkeyPatch
):
    case = hjo_case()
    with Scanner() as scanner:
        use_scanner(app, monkeypatch, scanner.url)
        files = [
            attach_file(case, "ond.png", photo() + EICAR, source="submitter"),
            attach_file(case, "ond.txt", EICAR, event=event_of(case)),
        ]
        worker_looks()
        worker_looks()
    client.login(HANDLER)

    for file in files:
        answer = client.get(address(file))
        assert answer.status_code == 403
        assert "Filen är smittad av skadlig kod och är spärrad." in answer.text
        assert EICAR not in answer.data
        assert client.get(address(file, "/thumbnail")).status_code == 404
    page = client.get(f"/admin/case/edit/?id={case.id}").text
    assert page.count("Smittad, spärrad") == 3  # two under Filer, one on the card
    assert not any(address(file) + '"' in page for file in files)


def test_a_scanner_that_is_away_marks_files_and_shuts_them_in(
    client: Client, app: Flask, monkeypatch: pytest.MonkeyPatch
):
    with Scanner() as away:
        pass
    use_scanner(app, monkeypatch, away.url)
    case = hjo_case()
    file = attach_file(case, "bild.png", photo(), source="submitter")
    worker_looks()
    client.login(HANDLER)

    answer = client.get(address(file))

    assert answer.status_code == 409
    assert "Filen är inte kontrollerad än. Försök igen om en stund." in answer.text
    assert "Ej kontrollerad än" in client.get(f"/admin/case/edit/?id={case.id}").text
    assert stored(file).scan_state == "waiting"


# --- the store


def test_a_store_that_is_away_is_told_with_a_page(client: Client, monkeypatch: pytest.MonkeyPatch):
    case = hjo_case()
    file = attach_file(case, "bild.png", photo(), source="submitter")
    worker_looks()
    client.login(HANDLER)

    def away(*_: object) -> None:
        raise StoreAway("connection refused")

    monkeypatch.setattr(FolderStore, "open", away)

    for what in ("", "/thumbnail"):
        answer = client.get(address(file, what))
        assert answer.status_code == 503
        assert "Filen går inte att hämta just nu." in answer.text
    assert client.get(f"/admin/case/edit/?id={case.id}").status_code == 200


def test_files_that_cannot_be_stored_leave_the_case_as_it_was_typed(
    client: Client, monkeypatch: pytest.MonkeyPatch
):
    case = hjo_case()
    client.login(HANDLER)

    def away(*_: object) -> None:
        raise StoreAway("connection refused")

    monkeypatch.setattr(FolderStore, "_put", away)
    url = f"/admin/case/edit/?id={case.id}"
    data = form_data(client.get(url).text, "case-form")
    answer = client.post(
        url,
        data={**data, "f_internal_note": "Skrivet nyss", "files": upload("a.pdf", PDF)},
        content_type="multipart/form-data",
    )

    assert answer.status_code == 422
    assert "Vi kan inte ta emot filer just nu. Filen a.pdf följde inte med." in answer.text
    assert "Skrivet nyss" in answer.text
