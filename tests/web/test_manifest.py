"""The citizens' pages as an app on a phone: name, colours and icons of the municipality."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from extensions import db
from models import Municipality

pytestmark = pytest.mark.usefixtures("town")


def manifest(client):
    answer = client.get("/manifest.webmanifest")
    assert answer.status_code == 200
    assert answer.content_type == "application/manifest+json"
    return answer.get_json()


def test_the_public_pages_name_a_manifest_that_fits_the_municipality(client):
    assert '<link rel="manifest" href="/manifest.webmanifest">' in client.get("/").text
    found = manifest(client)
    town = db.session.get(Municipality, 1)
    assert found["name"].startswith(f"{town.name} – ")
    assert len(found["short_name"]) <= 12
    assert (found["start_url"], found["scope"], found["lang"]) == ("/", "/", "sv")


def test_the_icons_are_as_large_as_they_say(client):
    icons = manifest(client)["icons"]
    assert {icon["purpose"] for icon in icons} == {"any", "maskable"}
    for icon in icons:
        answer = client.get(icon["src"])
        with Image.open(io.BytesIO(answer.data)) as picture:
            assert "x".join(map(str, picture.size)) == icon["sizes"]
        assert "max-age=31536000" in answer.headers["Cache-Control"]


def test_the_own_main_colour_is_that_of_the_window_and_a_change_counts_at_once(client):
    town = db.session.get(Municipality, 1)
    town.main_colour = "#7a1f5c"
    db.session.commit()
    assert manifest(client)["theme_color"] == "#7a1f5c"
    assert '<meta name="theme-color" content="#7a1f5c">' in client.get("/").text
    assert "no-cache" in client.get("/manifest.webmanifest").headers["Cache-Control"]
