"""The menu (H05): each person sees the entries that open, and no others."""

from __future__ import annotations

import re

import pytest

from extensions import db
from models import RoleAssignment

pytestmark = [pytest.mark.usefixtures("town"), pytest.mark.row("H05")]
HJO, SODERTALJE = "Synpunkt Hjo", "Synpunkter och klagomål"


def menu(client):
    """Heading → names of its links, as the page shows them."""
    page = client.get("/admin/", follow_redirects=True).text
    nav = page[page.index('id="topnav"') : page.index("</nav>")]
    groups = {}
    for part in nav.split("<details")[1:]:
        heading = re.sub(r"<[^>]+>", "", part[part.index(">") + 1 : part.index("</summary>")])
        links = re.findall(r"<(?:a|button) class=\"menu-item\"[^>]*>([^<]+)<", part)
        groups[heading.strip()] = links
    return groups


def links(client):
    page = client.get("/admin/", follow_redirects=True).text
    nav = page[page.index('id="topnav"') : page.index("</nav>")]
    return re.findall(r'<a class="menu-item" href="([^"]+)"', nav)


def test_the_administrator_has_the_headings_of_the_manual(client):
    found = menu(client.login("admin"))
    assert list(found)[:-1] == ["Ärendetyper", "Organisation", "System"]
    assert found["Ärendetyper"][0] == "Ärendetyper"
    assert found["Organisation"][:3] == ["Enheter", "Personer", "Roller"]
    assert "Logga ut" in list(found.values())[-1]


def test_a_case_worker_has_own_cases_and_no_configuration(client):
    found = menu(client.login("registrator.hjo"))
    assert found["Ärenden"] == ["Att göra", HJO, f"Nytt ärende – {HJO}"]
    assert not {"Ärendetyper", "Organisation"} & set(found)


def test_a_reader_may_make_a_new_case_too(client):
    entries = menu(client.login("lasare.omsorg"))["Ärenden"]
    assert f"Nytt ärende – {SODERTALJE}" in entries


@pytest.mark.parametrize(
    "username", ["admin", "registrator.hjo", "handlaggare.hjo", "lasare.omsorg", "strateg.omsorg"]
)
def test_every_link_of_the_menu_opens(client, username):
    client.login(username)
    found = links(client)
    assert found
    for link in found:
        answer = client.get(link.replace("&amp;", "&"), follow_redirects=True)
        assert answer.status_code == 200, link


def test_the_first_page_is_what_there_is_to_do_for_those_with_cases(client):
    client.login("chef.omsorg")
    page = client.get("/admin/")
    assert page.status_code == 200
    assert '<h1 class="h-page">Att göra</h1>' in page.text


def test_the_first_page_of_the_administrator_is_an_overview(client):
    page = client.login("admin").get("/admin/")
    assert page.status_code == 200
    assert "Klämdagar och andra dagar som inte räknas som arbetsdagar." in page.text


def test_who_has_no_role_yet_is_told_so(client, town):
    db.session.execute(
        db.delete(RoleAssignment).where(RoleAssignment.user_id == town.ids["chef.social"])
    )
    page = client.login("chef.social").get("/admin/")
    assert page.status_code == 200
    assert "Du har ingen roll ännu" in page.text


def test_the_menu_says_where_one_is(client):
    page = client.login("admin").get("/admin/units/").text
    assert re.search(r'href="/admin/units/" aria-current="page"', page)
