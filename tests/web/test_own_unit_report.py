"""Rapport för min enhet (H29): for a staff meeting, so without contact data and secret cases."""

from __future__ import annotations

import io
import re
import zipfile
from html import unescape

import pytest

from cli.document_work import make_documents
from extensions import db
from models import utcnow
from tests.support.cases import HJO, SODERTALJE, choice, new_case, person, unit_id
from tests.support.client import Client
from tests.support.papers import pictures_of, text_of

pytestmark = [pytest.mark.usefixtures("town"), pytest.mark.row("H29")]
PAGE = "/admin/statistics/min-enhet"
CANARY = "Nils Hemligsson"


@pytest.fixture
def cases() -> None:
    """One that names its submitter, one secret, one of another unit, one closed."""
    kinds = {"types": [choice(HJO, "types", "Klagomål")]}
    new_case(HJO, title="Berit Ek vill ha en bänk", unit=unit_id("Fritid"), **kinds)
    secret = new_case(HJO, title=CANARY, unit=unit_id("Fritid"), **kinds)
    secret.is_secret = True
    done = new_case(HJO, title="Öppettider på lovet", unit=unit_id("Fritid"))
    done.closed_at, done.closed_by_id = utcnow(), person("chef.hjo").id
    done.result_id = None
    db.session.commit()


def fetched(client: Client, kind: str) -> bytes:
    """The document, made by the worker when it takes too long."""
    for _try in range(3):
        answer = client.get(f"{PAGE}/{kind}?enhet={unit_id('Fritid')}")
        if answer.status_code == 200:
            return answer.data
        assert answer.status_code == 202
        make_documents()
    raise AssertionError("The document was never made.")


def test_the_page_has_numbers_what_people_said_and_what_was_done(client: Client, cases: None):
    page = client.login("chef.hjo").get(f"{PAGE}?enhet={unit_id('Fritid')}&sekretess=ja").text
    for word in ("Siffror", "Vad människor har sagt", "Vad som har gjorts", "Klagomål"):
        assert f">{word}<" in page
    assert "vill ha en bänk" in page
    assert "Berit Ek" not in page
    assert CANARY not in page
    done = page[page.index('id="gjort"') :]
    assert "Öppettider på lovet" in done
    assert "vill ha en bänk" not in done
    assert len(set(ids := re.findall(r' id="([^"]+)"', page))) == len(ids)


@pytest.mark.parametrize("kind", ["pdf", "word"])
def test_the_paper_says_the_same(client: Client, cases: None, kind: str):
    raw = fetched(client.login("chef.hjo"), kind)
    if kind == "pdf":
        text = text_of(raw)
        assert "Diagram: Per synpunktstyp. Samma siffror står i tabellen." in pictures_of(raw)
    else:
        with zipfile.ZipFile(io.BytesIO(raw)) as parts:
            xml = parts.read("word/document.xml").decode()
        text = re.sub(r"<[^>]+>", "", xml)
    for word in ("Rapport för min enhet", "vill ha en bänk", "Öppettider", "Fritid", "Klagomål"):
        assert word in text
    assert "Berit Ek" not in text
    assert CANARY not in text


def test_small_numbers_are_shown_and_lead_to_their_cases(client: Client):
    case = new_case(SODERTALJE, unit=unit_id("Hemtjänst"))
    page = client.login("strateg.omsorg").get(PAGE).text
    assert "ska inte publiceras" in page
    links = re.findall(r'href="([^"]*/oversikt/cases[^"]*)"[^>]*>1<', page)
    assert links
    assert f"id={case.id}" in client.get(unescape(links[0])).text


@pytest.mark.parametrize(
    ("username", "is_offered"),
    [("chef.hjo", True), ("strateg.omsorg", True), ("lasare.omsorg", False),
     ("registrator.hjo", False), ("bitradande.omsorg", False)],
)  # fmt: skip
def test_who_leads_has_a_button_on_the_first_page(client: Client, username: str, is_offered: bool):
    page = client.login(username).get("/admin/").text
    assert (f'href="{PAGE}"' in page) is is_offered


def test_odd_addresses_are_answered(client: Client):
    client.login("chef.hjo")
    assert client.get(f"{PAGE}/exe").status_code == 404
    assert client.get(f"{PAGE}/pdf?enhet=x").status_code == 302
    assert client.get(f"{PAGE}/pdf?period=%00").status_code in (200, 202)
