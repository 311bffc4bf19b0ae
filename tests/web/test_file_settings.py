"""System → Filer, and how the three places with a file field follow it (manual H10)."""

from __future__ import annotations

import io
from contextlib import suppress

import pytest
from flask import Flask, request
from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge

from domain.file_policy import MEGABYTE, USUAL_REQUEST
from domain.file_types import KINDS
from extensions import db
from models import Municipality
from queries.configuration import configuration
from tests.support.cases import new_case
from tests.support.client import Client
from tests.support.config import config_log, fill_in
from tests.support.forms import form_data
from tests.unit.file_zoo import HONEST
from tests.web.public_site import opened, parsed, sent, upload
from tests.web.reply_site import reply_path, write

pytestmark = pytest.mark.usefixtures("app", "town")
PAGE = "/admin/file-settings/edit/?id=1"


def set_policy(**columns: object) -> None:
    row = db.session.get_one(Municipality, 1)
    for name, value in columns.items():
        setattr(row, name, value)
    db.session.commit()


@pytest.mark.row("H10")
def test_the_page_shows_and_changes_what_is_taken_in(client: Client):
    client.login("admin")
    assert client.get("/admin/file-settings/").location == PAGE
    page = parsed(client.get(PAGE))
    ticked = [box for box in page.all("input", type="checkbox") if "checked" in box.attributes]
    assert {box.attributes["value"] for box in ticked} == set(KINDS) - {"mp4", "mov"}

    answer = fill_in(
        client, PAGE, documents=["pdf"], sounds=None, films=["mp4"], file_count="3",
        file_megabytes="30", file_total_megabytes="60", mail_megabytes="5",
    )  # fmt: skip

    assert answer.location == PAGE
    db.session.expire_all()
    policy = configuration().file_policy
    assert policy.endings[-2:] == ("pdf", "mp4")
    assert "mp3" not in policy.endings
    assert (policy.count, policy.each, policy.together, policy.mailed) == (
        3, 30 * MEGABYTE, 60 * MEGABYTE, 5 * MEGABYTE,
    )  # fmt: skip
    changed = {field for _action, field, _old, _new in config_log("municipality 1")}
    assert changed == {
        "file_endings", "file_count", "file_megabytes", "file_total_megabytes", "mail_megabytes",
    }  # fmt: skip
    log = client.get("/admin/audit/").text
    assert "Filtyper" in log
    assert "MB per fil" in log


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"file_count": "0"}, "Skriv ett heltal från 1 till 20."),
        ({"file_count": "21"}, "Skriv ett heltal från 1 till 20."),
        ({"file_megabytes": "101"}, "Skriv ett heltal från 1 till 100."),
        ({"file_total_megabytes": "201"}, "Skriv ett heltal från 1 till 200."),
        ({"mail_megabytes": "26"}, "Skriv ett heltal från 1 till 25."),
        ({"file_megabytes": "²"}, "Skriv ett heltal från 1 till 100."),
        ({"file_megabytes": "-5"}, "Skriv ett heltal från 1 till 100."),
        ({"file_megabytes": ""}, "Fyll i det här fältet."),
        ({"file_megabytes": "60"}, "minst lika stora som en fil"),
        (
            {"pictures": None, "documents": None, "sounds": None, "films": None},
            "Kryssa i minst en filtyp.",
        ),
        ({"films": "exe"}, "giltig"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(
    client: Client, changes: dict[str, str | None], sentence: str
):
    client.login("admin")

    answer = fill_in(client, PAGE, **changes)

    assert answer.status_code == 422
    assert sentence in answer.text
    db.session.expire_all()
    assert configuration().file_policy.count == 10
    assert configuration().file_policy.each == 20 * MEGABYTE


@pytest.mark.parametrize("username", ["registrator.hjo", "handlaggare.hjo", "chef.hjo"])
def test_the_page_is_for_those_who_look_after_the_system(client: Client, username: str):
    client.login(username)

    assert client.get(PAGE).status_code in (403, 404)


def test_the_forms_say_and_hold_what_the_settings_say(client: Client):
    set_policy(file_endings=["pdf", "mp4"], file_count=3, file_megabytes=2, file_total_megabytes=4)
    case = new_case()
    client.login("registrator.hjo")
    pages = {
        "form": client.get("/synpunkt/hjo"),
        "reply page": client.get(reply_path(case)),
        "case": client.get(f"/admin/case/edit/?id={case.id}"),
    }

    for name, answer in pages.items():
        assert "Dokument och filmer." in answer.text, name
        assert "Högst 3 filer, 2 MB var och 4 MB tillsammans." in answer.text, name
        field = parsed(answer).one("input", type="file").attributes
        assert field["accept"] == ".pdf,.mp4", name
        assert (field["data-max-count"], field["data-max-file"], field["data-max-total"]) == (
            "3", str(2 * MEGABYTE), str(4 * MEGABYTE),
        )  # fmt: skip


def test_the_usual_settings_say_the_usual_words(client: Client):
    page = client.get("/synpunkt/hjo").text

    assert "Bilder, dokument och ljudfiler. Undvik bilder som visar" in page
    assert "Högst 10 filer, 20 MB var och 50 MB tillsammans." in page


def test_a_single_file_is_told_without_sums(client: Client):
    set_policy(file_count=1)

    assert "Högst en fil, 20 MB." in client.get("/synpunkt/hjo").text


def test_a_kind_that_was_switched_off_is_refused_in_all_three_places(client: Client):
    set_policy(file_endings=["pdf"])
    case = new_case()
    client.login("registrator.hjo")
    url = f"/admin/case/edit/?id={case.id}"
    data = form_data(client.get(url).text, "case-form")

    answers = [
        sent(client, "hjo", opened(client), files=upload("a.png")),
        write(client, reply_path(case), "Se bilden", files=[upload("a.png")]),
        client.post(
            url, data={**data, "files": upload("a.png")}, content_type="multipart/form-data"
        ),
    ]

    for answer in answers:
        assert answer.status_code == 422
        assert "Filen a.png är av en typ som vi inte tar emot. Vi tar emot pdf." in answer.text


def test_film_is_taken_in_when_it_was_switched_on(client: Client):
    film = upload("film.mp4", HONEST["film.mp4"])
    assert sent(client, "hjo", opened(client), files=film).status_code == 422

    set_policy(file_endings=["pdf", "mp4"])

    film = upload("film.mp4", HONEST["film.mp4"])
    assert sent(client, "hjo", opened(client), files=film).status_code == 303


# --- how large a request may be


@pytest.mark.parametrize(("together", "megabytes"), [(1, 64), (50, 132), (100, 232), (200, 256)])
def test_a_form_with_files_may_be_as_large_as_the_settings_need(
    app: Flask, together: int, megabytes: int
):
    set_policy(file_megabytes=1, file_total_megabytes=together)
    for path in ("/synpunkt/hjo", "/admin/case/edit/?id=1"):
        length = {"CONTENT_LENGTH": str(USUAL_REQUEST + 1)}
        with app.test_request_context(
            path, method="POST", content_type="multipart/form-data; boundary=x",
            environ_overrides=length,
        ):  # fmt: skip
            with suppress(ClientDisconnected, RequestEntityTooLarge):  # there is no such body
                app.preprocess_request()
            assert request.max_content_length == megabytes * MEGABYTE


def test_other_requests_stay_small(app: Flask):
    length = {"CONTENT_LENGTH": str(USUAL_REQUEST + 1)}
    with app.test_request_context(
        "/synpunkt/hjo", method="POST", content_type="application/json", environ_overrides=length
    ):
        app.preprocess_request()
        assert request.max_content_length == USUAL_REQUEST


def test_more_than_that_is_refused_with_a_page_that_helps(client: Client):
    body = io.BytesIO(b"--x\r\n")
    answer = client.post(
        "/synpunkt/hjo",
        input_stream=body,
        content_type="multipart/form-data; boundary=x",
        environ_overrides={"CONTENT_LENGTH": str(300 * MEGABYTE)},
    )

    assert answer.status_code == 413
    assert "Filerna är för stora" in answer.text
