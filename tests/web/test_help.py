"""Hjälp: contents by role, pages, search that knows Swedish, and links from where one is."""

from __future__ import annotations

import pytest

from admin_views.help_contents import PAGES, READERS
from domain.permissions import SYSTEM
from extensions import db
from services.people import add_person
from tests.support.cases import HJO, new_case
from tests.support.compose import ANSWER, HANDLER, answered_case
from tests.support.compose_page import url
from tests.web.public_site import parsed

pytestmark = pytest.mark.usefixtures("town")


def search(client, query):
    return parsed(client.get("/admin/help/", query_string={"q": query}))


def hits(page):
    return [a.attributes["href"] for a in page.all("a") if "#" in a.attributes.get("href", "")
            and "/admin/help/" in a.attributes["href"]]  # fmt: skip


def marked(page):
    return {mark.text for mark in page.all("mark")}


@pytest.mark.parametrize("username", ["registrator.hjo", "lasare.omsorg", "admin", "chef.omsorg"])
def test_the_menu_has_help_for_everybody_and_everybody_reads_everything(client, username):
    client.login(username)
    start = parsed(client.get("/admin/"))
    assert start.one("a", class_="topnav-link").attributes["href"] == "/admin/help/"
    contents = client.get("/admin/help/").text
    assert all(name in contents for name, _slugs in READERS)
    for page in PAGES:
        assert f'href="/admin/help/{page.slug}"' in contents
        shown = client.get(f"/admin/help/{page.slug}")
        assert shown.status_code == 200
        assert f"{page.title}</h1>" in shown.text


def test_who_has_no_role_may_read_the_help(client):
    add_person({"username": "utan.roll", "name": "Utan Roll"}, [], actor=SYSTEM)
    db.session.commit()
    client.login("utan.roll")
    assert client.get("/admin/help/borja").status_code == 200


def test_a_stranger_is_asked_to_sign_in(client):
    assert client.get("/admin/help/borja").location.startswith("/login")


def test_a_page_that_is_not_there_is_not_found(client):
    client.login("registrator.hjo")
    for slug in ("finns-inte", "..%2Findex", "index.html"):
        assert client.get(f"/admin/help/{slug}").status_code == 404


def test_the_search_finds_other_endings_and_marks_them(client):
    page = search(client.login("registrator.hjo"), "brevet")
    assert "/admin/help/svara#brev" in hits(page)
    assert {"brev", "Brev"} & marked(page)
    assert hits(search(client, "breven")) == hits(page)


def test_every_word_must_be_there_and_headings_come_first(client):
    client.login("registrator.hjo")
    found = hits(search(client, "byt lösenord"))
    assert found[0] == "/admin/help/min-sida#losenord"
    assert set(found) < set(hits(search(client, "lösenord")))


def test_a_ring_over_the_letter_matters(client):
    client.login("registrator.hjo")
    assert hits(search(client, "låset"))
    assert not hits(search(client, "laset"))


def test_nothing_found_says_what_to_do(client):
    client.login("registrator.hjo")
    page = search(client, "xylofon")
    assert "Inget om ”xylofon”" in page.one("main").text
    assert "Prova med ett annat eller ett kortare ord" in page.one("main").text
    assert not marked(page)


@pytest.mark.parametrize("query", ["", "   ", "***", "\0", "<b>svar", "å" * 5000, "%", "' OR 1"])
def test_no_search_breaks_the_page(client, query):
    answer = client.login("registrator.hjo").get("/admin/help/", query_string={"q": query})
    assert answer.status_code == 200
    assert "<b>svar" not in answer.text


def help_of(page):
    found = [a for a in page.all("a") if "help-link" in a.attributes.get("class", "")]
    return [a.attributes["href"].removeprefix("/admin/help/") for a in found]


def test_pages_lead_to_their_place_in_the_help(client):
    client.login("admin")
    for address, place in {
        "/admin/units/": "organisation#enheter",
        "/admin/municipality/edit/?id=1": "system#kommunen",
        "/admin/outbox/": "system#utkorg",
        "/admin/event-templates/": "arendetyper#mallar",
        "/admin/my-page/": "min-sida#uppgifter",
        "/admin/": "borja#att-gora",
    }.items():
        assert help_of(parsed(client.get(address, follow_redirects=True))) == [place], address


def test_every_tab_of_a_case_leads_to_its_place(client):
    hjo = new_case(HJO)
    client.login("registrator.hjo")
    places = help_of(parsed(client.get(f"/admin/case/edit/?id={hjo.id}")))
    assert places == [
        "utreda#sidan", "registrera#kategorisera", "fordela#fliken", "svara#handelser",
        "registrera#lamnaren",
    ]  # fmt: skip


def test_the_list_and_the_new_case_lead_to_theirs(client):
    client.login("registrator.hjo")
    assert help_of(parsed(client.get(f"/admin/case/?type={HJO}"))) == ["listan#listorna"]
    new = help_of(parsed(client.get(f"/admin/case/new/?type={HJO}")))
    assert new[0] == "registrera#nytt-arende"
    assert "registrera#kategorisera" in new


@pytest.mark.parametrize(
    ("template", "place"),
    [(ANSWER, "svara#e-post"), ("answer-letter", "svara#brev"), ("note", "utreda#interna")],
)
def test_what_is_written_leads_to_the_help_on_its_kind(client, template, place):
    client.login(HANDLER)
    assert help_of(parsed(client.get(url(answered_case(), template)))) == [place]
