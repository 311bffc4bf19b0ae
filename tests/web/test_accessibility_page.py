"""/tillganglighet: status, shortcomings, Rapportera brist and supervision (DOS-lagen 13 §)."""

from __future__ import annotations

import pytest

from tests.support.config import fill_in
from tests.web.public_site import parsed

pytestmark = pytest.mark.usefixtures("town")
SETTINGS = "/admin/municipality/edit/?id=1"


@pytest.fixture(autouse=True)
def administrator(client):
    return client.login("admin")


def test_every_public_page_leads_there(client):
    for address in ("/", "/synpunkt/hjo", "/svar", "/personuppgifter"):
        links = [a.attributes["href"] for a in parsed(client.get(address)).all("a")]
        assert "/tillganglighet" in links


def test_nothing_is_claimed_before_somebody_has_reviewed_the_pages(client):
    text = parsed(client.get("/tillganglighet")).one("main").text
    assert "Vi har inte granskat sidorna än." in text
    assert "följer lagen om" not in text
    assert "Det här är inte tillgängligt" not in text


def test_the_statement_shows_what_is_set(client):
    answer = fill_in(
        client, SETTINGS, accessibility_status="partly", accessibility_faults="Kartan saknar text.",
        accessibility_tested="Granskat av oss 2026-11-01.",
        accessibility_email="tillganglighet@hjo.example",
    )  # fmt: skip
    assert answer.location == SETTINGS
    page = parsed(client.get("/tillganglighet"))
    text = page.one("main").text
    assert "följer lagen om tillgänglighet till digital offentlig service delvis" in text
    assert "Kartan saknar text." in text
    assert "Granskat av oss 2026-11-01." in text
    links = {a.text: a.attributes["href"] for a in page.all("a")}
    assert links["Rapportera brist"].startswith("mailto:tillganglighet@hjo.example?subject=Brist")
    assert links["Anmäl till Digg"] == "https://www.digg.se/tdosanmalan"


def test_without_an_address_a_shortcoming_is_reported_in_the_form(client):
    links = {a.text: a.attributes["href"] for a in parsed(client.get("/tillganglighet")).all("a")}
    assert links["Rapportera brist"] == "/synpunkt/hjo?brist=1"
    form = parsed(client.get(links["Rapportera brist"]))
    assert form.one("input", name="f_title").attributes["value"] == "Brist i tillgänglighet"
    plain = parsed(client.get("/synpunkt/hjo"))
    assert plain.one("input", name="f_title").attributes["value"] == ""


@pytest.mark.parametrize(
    "change", [{"accessibility_status": "perfect"}, {"accessibility_email": "nej"}]
)
def test_what_cannot_be_shown_is_refused(client, change):
    assert fill_in(client, SETTINGS, **change).status_code == 422
