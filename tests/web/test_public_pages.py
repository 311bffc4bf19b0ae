"""The front page and the page about personal data."""

from __future__ import annotations

import pytest

from extensions import db
from models import CaseType, PublicForm
from queries.configuration import configuration
from tests.support.client import Client
from tests.web.public_site import parsed

pytestmark = pytest.mark.usefixtures("app", "town")


def test_the_front_page_leads_to_every_form_and_to_the_reply_page(client: Client):
    page = parsed(client.get("/"))

    links = [link.attributes["href"] for link in page.all("a")]
    for form in configuration().forms:
        assert f"/synpunkt/{form.slug}" in links
        assert form.name in page.one("main").text
        assert form.summary in page.one("main").text
    assert "/svar" in links


def test_the_front_page_names_the_other_ways(client: Client):
    main = parsed(client.get("/")).one("main").text

    municipality = configuration().municipality
    assert f"Ring {municipality['phone']}" in main
    assert f"Skriv till {municipality['address']}" in main
    assert "Vid fara för liv, ring 112." in main


def test_a_form_that_was_switched_off_is_gone(client: Client):
    db.session.query(PublicForm).filter_by(slug="hjo").one().is_active = False
    db.session.commit()

    assert "/synpunkt/hjo" not in client.get("/").get_data(as_text=True)
    assert client.get("/synpunkt/hjo").status_code == 404


def test_a_case_type_that_was_switched_off_takes_its_forms_along(client: Client):
    db.session.query(CaseType).filter_by(key="synpunkt-hjo").one().is_active = False
    db.session.commit()

    assert "/synpunkt/hjo" not in client.get("/").get_data(as_text=True)
    assert client.get("/synpunkt/hjo").status_code == 404


def test_each_form_has_its_own_text_about_personal_data(client: Client):
    page = parsed(client.get("/personuppgifter"))

    boards = {"hjo": "Kommunstyrelsen", "omsorgskontoret": "Omsorgsnämnden",
              "socialkontoret": "Socialnämnden"}  # fmt: skip
    for slug, board in boards.items():
        text = page.one("section", id=slug).text
        assert f"Ansvarig: {board}" in text
        assert "artikel 6.1 e" in text
    assert "invända mot behandlingen" in page.one("section", id="hjo").text
    assert "invända mot behandlingen" not in page.one("section", id="socialkontoret").text


def test_public_pages_need_no_login_and_set_no_cookie_to_be_read(client: Client):
    for path in ("/", "/personuppgifter"):
        response = client.get(path)
        assert response.status_code == 200
        assert "Set-Cookie" not in response.headers


def test_an_empty_installation_has_a_front_page_too(client: Client):
    for form in db.session.query(PublicForm):
        form.is_active = False
    db.session.commit()

    assert "Just nu finns inget formulär" in client.get("/").get_data(as_text=True)
