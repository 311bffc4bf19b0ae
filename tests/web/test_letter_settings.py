"""System → Brev: where the address stands, head, foot and logo, and the sample letter."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from pypdf import PdfReader

from domain.documents import LetterSettings
from domain.errors import RuleBroken
from extensions import db
from models import Municipality
from queries.configuration import configuration
from services.attachments import file_store
from services.documents import rendering
from services.letter_settings import keep_logo
from tests.support.config import config_log, fill_in
from tests.support.forms import form_data

pytestmark = pytest.mark.usefixtures("town")
PAGE = "/admin/letter-settings/edit/?id=1"


@pytest.fixture(autouse=True)
def administrator(client):
    return client.login("admin")


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """On a busy machine the first letter takes longer than a request would wait."""
    monkeypatch.setattr(rendering, "PATIENCE_SECONDS", 20)


def municipality() -> Municipality:
    db.session.expire_all()
    return db.session.get_one(Municipality, 1)


def letters() -> LetterSettings:
    db.session.rollback()
    return configuration().letters


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 20), **options: object) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, "teal").save(file, kind, **options)
    return file.getvalue()


def send_logo(client, name: str, content: bytes, **changes: object):
    data = {**form_data(client.get(PAGE).text, "config-form"), **changes}
    data["logo"] = (io.BytesIO(content), name)
    return client.post(PAGE, data=data, content_type="multipart/form-data")


@pytest.mark.row("H16")
def test_the_page_stands_in_the_system_menu_after_kommunen(client):
    page = client.get("/admin/").text
    assert page.index(">Kommunen<") < page.index(">Brev<") < page.index(">Egna lediga dagar<")
    assert client.get("/admin/letter-settings/").location == PAGE
    assert client.get("/admin/letter-settings/new/").status_code == 403
    assert client.get("/admin/letter-settings/edit/?id=2").status_code == 404


@pytest.mark.parametrize("username", ["registrator.hjo", "chef.hjo", "lasare.omsorg"])
def test_only_who_sets_up_the_system_gets_there(client, username):
    client.login(username)
    for address in ("edit/?id=1", "sample", "logo"):
        assert client.get(f"/admin/letter-settings/{address}").status_code == 403
    assert client.post(PAGE, data={"window": "v2"}).status_code == 403


def test_saving_the_page_as_it_is_records_nothing(client):
    assert fill_in(client, PAGE).status_code == 302
    assert config_log("municipality 1") == []


@pytest.mark.parametrize(
    ("sent", "place"),
    [
        ({"window": "v2"}, (20, 52)),
        ({"window": "h2"}, (105, 52)),
        ({"window": "own", "letter_left_mm": "30", "letter_top_mm": "45"}, (30, 45)),
        ({"window": "v2", "letter_left_mm": "oläsligt", "letter_top_mm": "999"}, (20, 52)),
    ],
)
def test_the_address_stands_in_the_chosen_window(client, sent, place):
    assert fill_in(client, PAGE, **sent).status_code == 302
    assert (letters().left_mm, letters().top_mm) == place


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"letter_left_mm": "9"}, "Skriv ett heltal från 10 till 140."),
        ({"letter_left_mm": "141"}, "Skriv ett heltal från 10 till 140."),
        ({"letter_top_mm": "81"}, "Skriv ett heltal från 30 till 80."),
        ({"letter_top_mm": "²"}, "Skriv ett heltal från 30 till 80."),
        ({"letter_top_mm": ""}, "Skriv hur många millimeter."),
        ({"letter_foot": "rad\n" * 6 + "sju"}, "Skriv högst 6 rader"),
        ({"letter_head": "x" * 81}, "Skriv högst 6 rader med högst 80 tecken."),
        ({"window": "nonsense"}, ""),
    ],
)
def test_what_leaves_no_room_for_a_letter_is_refused_and_kept_in_the_form(client, sent, sentence):
    answer = fill_in(client, PAGE, **{"window": "own", **sent})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert letters() == LetterSettings(foot=letters().foot)


def test_an_empty_foot_is_made_of_what_is_known_of_the_municipality(client):
    row = municipality()
    row.address, row.phone = "Torggatan 2, 544 30 Hjo", "0503-350 00"
    row.website, row.organisation_number = "https://www.hjo.example/", "212000-1000"
    db.session.commit()
    usual = "Torggatan 2, 544 30 Hjo\nTelefon 0503-350 00\nwww.hjo.example\nOrg.nr 212000-1000"
    assert letters().foot == usual
    assert usual in client.get(PAGE).text
    fill_in(client, PAGE, letter_foot="Bara det här", letter_head="Kommunförvaltningen")
    assert (letters().foot, letters().head) == ("Bara det här", "Kommunförvaltningen")


def test_a_change_is_recorded_under_its_label(client):
    fill_in(client, PAGE, letter_foot="Vår fot")
    assert config_log("municipality 1") == [("config.changed", "letter_foot", "", "Vår fot")]
    assert "Brevfot" in client.get("/admin/audit/").text


@pytest.mark.row("H16")
def test_a_sample_letter_has_the_saved_settings(client):
    fill_in(client, PAGE, letter_foot="Vår egen fot", letter_head="Vårt eget huvud")
    answer = client.get("/admin/letter-settings/sample")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.headers["Content-Disposition"].startswith("inline")
    page = PdfReader(io.BytesIO(answer.data)).pages[0].extract_text()
    for part in ("Provbrev", "Exempelgatan 1", "Vår egen fot", "Vårt eget huvud"):
        assert part in page


@pytest.mark.parametrize(("name", "kind"), [("logga.png", "PNG"), ("logga.JPG", "JPEG")])
def test_a_logo_is_drawn_anew_and_shown(client, name, kind):
    secret = b"KANARIE-GPS"
    options = {"comment": secret} if kind == "JPEG" else {}
    assert send_logo(client, name, picture(kind, **options) + secret).status_code == 302
    shown = client.get("/admin/letter-settings/logo")
    assert shown.mimetype == f"image/{kind.lower()}"
    assert secret not in shown.data
    assert Image.open(io.BytesIO(shown.data)).size == (40, 20)
    assert shown.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert file_store().has(municipality().logo_sha256)


def test_the_logo_stands_in_letters_and_can_be_taken_away(client):
    without = client.get("/admin/letter-settings/sample").data
    send_logo(client, "logga.png", picture())
    assert letters().logo_sha256
    assert len(PdfReader(io.BytesIO(without)).pages[0].images) == 0
    with_logo = client.get("/admin/letter-settings/sample").data
    assert len(PdfReader(io.BytesIO(with_logo)).pages[0].images) == 1
    assert fill_in(client, PAGE, remove_logo="y").status_code == 302
    assert letters().logo_sha256 is None
    assert client.get("/admin/letter-settings/logo").status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("logga.svg", b"<svg onload='alert(1)'/>", "av en typ som vi inte tar emot"),
        ("logga.png", b"<svg/>", "går inte att läsa som en png-fil"),
        ("logga.png", picture()[:40], "Bilden går inte att läsa."),
        ("bred.png", picture(size=(4001, 2)), "högst 4000 bildpunkter"),
        ("hög.jpg", picture("JPEG", size=(2, 4001)), "högst 4000 bildpunkter"),
    ],
)
def test_what_is_no_fit_logo_is_refused_and_the_rest_is_kept(client, name, content, sentence):
    answer = send_logo(client, name, content, letter_head="Osparat huvud")
    assert answer.status_code == 422
    assert sentence in answer.text[answer.text.index('id="logo-error"') :].split("</div>")[0]
    assert "Osparat huvud" in answer.text
    assert municipality().logo_sha256 is None
    assert municipality().letter_head == ""


def test_a_logo_of_more_than_a_megabyte_is_refused(app):
    large = io.BytesIO(picture() + b"0" * 1024 * 1024)
    with pytest.raises(RuleBroken) as refusal:
        keep_logo("stor.png", large)
    assert refusal.value.values["limit"] == 1
