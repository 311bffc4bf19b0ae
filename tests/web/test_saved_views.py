"""Saved views of the case list: own, shared, opened at once; and the chosen columns."""

from __future__ import annotations

import re
from html import unescape

import pytest

from extensions import db
from models import SavedView
from tests.support.cases import HJO, SODERTALJE, new_case, unit_id
from tests.support.forms import form_data

pytestmark = [pytest.mark.usefixtures("town"), pytest.mark.row("H06")]
LIST = f"/admin/case/?type={HJO}"
VIEWS = "/admin/case/views"
HANDLER, CHIEF, REGISTRAR, READER = (
    "handlaggare.hjo", "chef.hjo", "registrator.hjo", "lasare.omsorg",
)  # fmt: skip


def views():
    db.session.expire_all()
    return db.session.scalars(db.select(SavedView).order_by(SavedView.id)).all()


def save(client, username, name="Stängda", query="visa=closed&sort=title&ordning=asc", **more):
    client.login(username)
    page = client.get(f"{VIEWS}/edit?type={HJO}&{query}")
    sent = form_data(page.text, "view-form")
    return client.post(f"{VIEWS}/edit", data={**sent, "name": name, **more})


def links(client, url=LIST):
    page = client.get(url).text
    menu = page[page.index("Vyer") : page.index("Spara vyn …")]
    found = re.findall(r'<a class="menu-item" href="([^"]+)"[^>]*>(.*?)</a>', menu, re.S)
    return {re.sub(r"<[^>]+>", "", words).strip(): unescape(address) for address, words in found}


def test_a_list_is_saved_under_a_name_and_opened_again(client):
    assert save(client, HANDLER).status_code == 302
    url = links(client)["Stängda"]
    assert "visa=closed" in url
    assert "sort=title" in url
    page = client.get(url)
    assert re.search(r'aria-current="true">Avslutade', page.text)
    assert re.search(r'href="[^"]+" aria-current="true">Stängda', page.text)
    assert "Stängda" in client.get(f"{VIEWS}/").text


def test_views_are_ones_own_until_they_are_shared(client):
    save(client, CHIEF)
    assert links(client.login(HANDLER)) == {}
    save(client, CHIEF, "Delad", is_shared="1")
    (name,) = links(client.login(HANDLER))
    assert name.startswith("Delad")
    assert "delad av Annica Carter" in name


def test_a_shared_view_shows_nobody_more_than_before_and_carries_no_words(client):
    case = new_case(HJO, unit=unit_id("Gata/park"), title="KANARIE")
    answer = save(
        client, REGISTRAR, query=f"enhet={unit_id('Gata/park')}&sok=KANARIE", is_shared="1"
    )
    assert answer.status_code == 302
    assert "KANARIE" not in views()[0].address
    (url,) = links(client.login(HANDLER)).values()
    page = client.get(url)
    assert page.status_code == 200
    assert f">{case.id}</a>" not in page.text


def test_who_only_reads_shares_nothing(client):
    client.login(READER)
    url = f"{VIEWS}/edit?type={SODERTALJE}&visa=all"
    page = client.get(url)
    assert "Dela med andra" not in page.text
    sent = {**form_data(page.text, "view-form"), "name": "Alla", "is_shared": "1"}
    assert client.post(f"{VIEWS}/edit", data=sent).status_code == 302
    assert [view.is_shared for view in views()] == [False]


def test_one_may_begin_with_a_view_and_still_reach_the_whole_list(client):
    save(client, HANDLER, is_default="1")
    opened = client.get(LIST)
    assert opened.status_code == 302
    page = client.get(opened.location).text
    everything = re.search(r'<a class="segment" href="([^"]+)">Ej avslutade', page)
    assert everything is not None
    assert client.get(unescape(everything[1])).status_code == 200
    assert client.login(CHIEF).get(LIST).status_code == 200


def test_a_view_is_renamed_and_removed_only_by_its_owner(client):
    save(client, CHIEF, is_shared="1")
    number, address = views()[0].id, views()[0].address
    client.login(HANDLER)
    assert client.get(f"{VIEWS}/edit?id={number}").status_code == 404
    assert client.post(f"{VIEWS}/remove", data={"id": number}).status_code == 404
    client.login(CHIEF)
    data = {"id": number, "name": "Nytt namn"}
    assert client.post(f"{VIEWS}/edit", data=data).status_code == 302
    assert (views()[0].name, views()[0].address) == ("Nytt namn", address)
    assert client.post(f"{VIEWS}/remove", data={"id": number}).status_code == 302
    assert views() == []
    gone = client.get(f"{LIST}&vy={number}")
    assert "Vyn finns inte längre" in gone.text


def test_a_name_is_needed_and_not_used_twice(client):
    answer = save(client, HANDLER, name="  ")
    assert answer.status_code == 422
    assert 'name="visa" value="closed"' in answer.text
    save(client, HANDLER)
    assert "Du har redan en vy med det namnet" in save(client, HANDLER, name="stängda").text


@pytest.mark.parametrize("odd", ["vy=abc", "vy=-1", "vy=99999999999", "vy=0&sort=x", "vy=²"])
def test_odd_addresses_show_the_list(client, odd):
    assert client.login(HANDLER).get(f"{LIST}&{odd}").status_code == 200


def headings(client):
    page = client.login(HANDLER).get(f"{LIST}&visa=all").text
    return re.findall(r'<th scope="col"(?: aria-sort="\w+")?>(?:<a[^>]*>)?([^<]+?)\s*<', page)


def test_columns_are_chosen_ordered_and_given_back(client):
    new_case(HJO, unit=unit_id("Fritid"), responsible=None)
    before = headings(client)
    sent = {"type": HJO, "show-id": "1", "show-status": "1", "place-status": "2",
            "show-answer_by": "1", "place-answer_by": "1", "do": "save"}  # fmt: skip
    assert client.post(f"{VIEWS}/columns", data=sent).status_code == 302
    assert headings(client) == ["ID", "Svara senast", "Status"]
    client.login(CHIEF)
    client.login(HANDLER).post(f"{VIEWS}/columns", data={"type": HJO, "do": "reset"})
    assert headings(client) == before


def test_columns_that_do_not_exist_are_left_out(client):
    new_case(HJO, unit=unit_id("Fritid"))
    client.login(HANDLER)
    sent = {"type": HJO, "show-submitter_name": "1", "show-title": "1", "place-body": "x\0"}
    assert client.post(f"{VIEWS}/columns", data=sent).status_code == 302
    assert headings(client) == ["ID", "Rubrik"]
    assert client.post(f"{VIEWS}/columns", data={"type": "finns-inte"}).status_code == 404


def test_a_place_that_is_no_number_is_said_at_its_column_and_kept(client):
    client.login(HANDLER)
    page = client.get(f"{VIEWS}/columns?type={HJO}").text
    new_case(HJO, unit=unit_id("Fritid"))
    db.session.commit()
    before = headings(client)
    sent = {**form_data(page, "columns-form"), "place-unit": "först", "do": "save"}
    answer = client.post(f"{VIEWS}/columns", data=sent)
    assert answer.status_code == 422
    assert ": Skriv platsen som ett heltal, till exempel 2." in answer.text
    assert form_data(answer.text, "columns-form")["place-unit"] == ["först"]
    assert headings(client) == before
    hidden = {key: value for key, value in sent.items() if key != "show-unit"}
    assert client.post(f"{VIEWS}/columns", data=hidden).status_code == 302
