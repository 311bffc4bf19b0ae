"""System → Kommunen: logo and colours of the citizens' pages, with enough contrast."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from domain.colours import DARK_GREY, LIGHT_GREY, contrast, dark_palette, light_palette
from extensions import db
from models import Municipality
from tests.support.config import config_log, fill_in
from tests.support.forms import form_data
from tests.web.public_site import parsed, post, upload

pytestmark = pytest.mark.usefixtures("town")
PAGE = "/admin/municipality/edit/?id=1"


@pytest.fixture(autouse=True)
def administrator(client):
    return client.login("admin")


def municipality() -> Municipality:
    db.session.expire_all()
    return db.session.get_one(Municipality, 1)


def picture(kind: str = "PNG", size: tuple[int, int] = (300, 120), noise: bool = False) -> bytes:
    file = io.BytesIO()
    image = Image.effect_noise(size, 90) if noise else Image.new("RGB", size, "teal")
    image.save(file, kind)
    return file.getvalue()


def send_logo(client, name: str, content: bytes, **changes: object):
    data = {**form_data(client.get(PAGE).text, "config-form"), **changes}
    return post(client, PAGE, {**data, "logo": upload(name, content)})


def test_the_colours_are_served_as_a_style_sheet_that_is_kept_for_a_year(client):
    assert "utseende.css" not in client.get("/").text
    assert fill_in(client, PAGE, main_colour="#7A1F3D ", accent_colour="#5b2a86").location == PAGE

    assert (municipality().main_colour, municipality().accent_colour) == ("#7a1f3d", "#5b2a86")
    sheets = [link.attributes["href"] for link in parsed(client.get("/")).all("link")]
    (address,) = [href for href in sheets if "/utseende.css" in href]
    answer = client.get(address)
    assert answer.mimetype == "text/css"
    assert "--brand:#7a1f3d" in answer.text
    assert "--link:#5b2a86" in answer.text
    assert "prefers-color-scheme:dark" in answer.text
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Set-Cookie" not in answer.headers
    assert "no-cache" in client.get("/utseende.css?v=old").headers["Cache-Control"]


def test_another_colour_has_another_address(client):
    addresses = set()
    for colour in ("#7a1f3d", "#0b5563"):
        fill_in(client, PAGE, main_colour=colour)
        page = parsed(client.get("/"))
        addresses |= {
            a.attributes["href"] for a in page.all("link") if "utseende" in a.attributes["href"]
        }
    assert len(addresses) == 2


@pytest.mark.parametrize("field", ["main_colour", "accent_colour"])
@pytest.mark.parametrize(
    ("colour", "sentence"),
    [
        ("#ffcc00", "Kontrasten mot vitt är 1,51:1. Det krävs minst 4,5:1 (WCAG 2.1)"),
        ("#767676", "Kontrasten mot sidornas ljusgrå rutor är 3,94:1. Det krävs minst 4,5:1"),
        ("red", "Skriv färgen som #rrggbb"),
        ("#12345", "Skriv färgen som #rrggbb"),
        ("#12;}*{", "Skriv färgen som #rrggbb"),
    ],
)
def test_a_colour_that_cannot_be_read_is_refused_and_stays_typed(client, field, colour, sentence):
    answer = fill_in(client, PAGE, **{field: colour})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert f'value="{colour}"' in answer.text
    assert getattr(municipality(), field) == ""


@pytest.mark.parametrize(
    "colour", ["#000000", "#0b5563", "#7a1f3d", "#0000ff", "#006b3c", "#5e5e00"]
)
def test_every_shade_has_its_contrast_light_and_dark(colour):
    light, dark = light_palette(colour, colour), dark_palette(colour, colour)
    pairs = [
        (light["brand"], light["on-brand"]), (light["brand"], light["brand-soft"]),
        (light["brand-strong"], light["brand-soft"]), (light["link"], LIGHT_GREY),
        (dark["brand"], dark["on-brand"]), (dark["link"], DARK_GREY),
        (dark["brand-strong"], dark["brand-soft"]), (dark["brand-strong"], dark["on-brand"]),
    ]  # fmt: skip
    assert min(contrast(*pair) for pair in pairs) >= 4.5


def test_a_logo_is_shown_with_its_words_and_taken_away_again(client):
    assert send_logo(client, "vapen.png", picture(), public_logo_alt="Kommunvapen").location == PAGE
    image = parsed(client.get("/")).one("img", class_="public-logo")
    assert image.attributes["alt"] == "Kommunvapen"
    answer = client.get(image.attributes["src"])
    assert answer.mimetype == "image/png"
    assert "immutable" in answer.headers["Cache-Control"]
    assert "Set-Cookie" not in answer.headers
    assert "public_logo_type" in {
        field for _action, field, _old, _new in config_log("municipality 1")
    }

    assert fill_in(client, PAGE, remove_logo="y").location == PAGE
    assert "public-logo" not in client.get("/").text
    assert client.get("/logotyp").status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("vapen.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "som vi inte tar emot"),
        ("vapen.png", b"<svg onload='alert(1)'/>", "går inte att läsa som en png-fil"),
        ("vapen.png", picture(size=(4001, 20)), "högst 4000 bildpunkter"),
        ("foto.png", picture(size=(900, 900), noise=True), "för många detaljer"),
    ],
)
def test_what_is_no_logo_for_a_web_page_is_refused(client, name, content, sentence):
    answer = send_logo(client, name, content)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert municipality().public_logo_sha256 is None
