"""Formulär → Länk och QR-kod: the whole address, as a link and as pictures."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from extensions import current_settings, db
from models import PublicForm
from tests.web.public_site import parsed

pytestmark = pytest.mark.usefixtures("town")


@pytest.fixture(autouse=True)
def administrator(client):
    return client.login("admin")


def form_id() -> int:
    return db.session.scalars(db.select(PublicForm.id).filter_by(slug="hjo")).one()


def test_the_page_gives_the_address_of_the_settings_not_of_the_request(client):
    page = parsed(client.get(f"/admin/public-forms/share?id={form_id()}"))
    address = f"{current_settings().base_url}/synpunkt/hjo"
    assert address in [a.attributes["href"] for a in page.all("a")]
    assert address in page.one("img", class_="qr-code").attributes["alt"]


def test_the_code_is_a_picture_of_the_page_and_a_file_for_posters(client):
    path = f"/admin/public-forms/qr?id={form_id()}"
    drawn = client.get(f"{path}&kind=svg")
    assert drawn.mimetype == "image/svg+xml"
    assert b"<svg" in drawn.data
    assert b"style=" not in drawn.data
    assert "attachment" not in drawn.headers.get("Content-Disposition", "")
    poster = client.get(f"{path}&kind=png&download=1")
    assert "filename=qr-hjo.png" in poster.headers["Content-Disposition"]
    image = Image.open(io.BytesIO(poster.data))
    assert min(image.size) >= 600


def test_forms_have_different_codes(client):
    ids = db.session.scalars(db.select(PublicForm.id))
    codes = {client.get(f"/admin/public-forms/qr?id={i}&kind=svg").data for i in list(ids)}
    assert len(codes) == 3


@pytest.mark.parametrize("query", ["kind=exe", "kind=svg&id=999999", ""])
def test_what_is_no_code_does_not_exist(client, query):
    start = "" if "id=" in query else f"id={form_id()}&"
    assert client.get(f"/admin/public-forms/qr?{start}{query}").status_code == 404


def test_only_who_sets_up_the_case_types_gets_there(client):
    client.login("registrator.hjo")
    assert client.get(f"/admin/public-forms/share?id={form_id()}").status_code == 403
    assert client.get(f"/admin/public-forms/qr?id={form_id()}&kind=svg").status_code == 403
