"""Around the case page: neighbours in the list one came from, links, Mer, and the small pages."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import quote

import pytest

from extensions import db
from queries.case_links import links_of
from services.cases.links import link_cases
from services.work_locks import look
from tests.support.cases import (
    HJO,
    SODERTALJE,
    actor,
    choice,
    edit,
    log_of,
    new_case,
    person,
    unit_id,
)
from tests.support.forms import form_data
from tests.support.queries import counting

pytestmark = pytest.mark.usefixtures("town")
HANDLER, REGISTRAR, CHIEF = "handlaggare.hjo", "registrator.hjo", "chef.hjo"
READER, ADMIN = "lasare.omsorg", "admin"
ODD = (
    "x" * 3000,
    "%00&&==&sort=;drop",
    "sida=-1&sort=none&fran=x",
    f"type={SODERTALJE}",
    "a=1&" * 100,
    "lista=lista",
)


def a_case(**values):
    given = {"unit": unit_id("Fritid"), "responsible": person(HANDLER).id, **values}
    return new_case(HJO, **given)


def page_of(client, case, lista=""):
    address = f"/admin/case/edit/?id={case.id}" + (f"&lista={quote(lista)}" if lista else "")
    return unescape(client.get(address).text)


def steps(html):
    """Numbers behind Föregående and Nästa, at both ends of the page."""
    return re.findall(r'name="till" value="(\d+)"', html)


@pytest.mark.row("S11")
class TestNeighbours:
    """Föregående and Nästa ärende."""

    def test_they_stand_at_both_ends_in_the_order_of_the_usual_list(self, client):
        old, middle, new = (a_case() for _time in range(3))
        client.login(HANDLER)
        html = page_of(client, middle)
        assert steps(html) == [str(new.id), str(old.id)] * 2
        assert "Första ärendet i listan" in page_of(client, new)
        assert "Sista ärendet i listan" in page_of(client, old)

    def test_the_list_one_came_from_decides_and_is_carried_on(self, client):
        b, a, c = a_case(title="B"), a_case(title="A"), a_case(title="C")
        client.login(HANDLER)
        listing = unescape(client.get(f"/admin/case/?type={HJO}&sort=title&ordning=asc").text)
        link = re.search(rf'href="(/admin/case/edit/\?id={b.id}[^"]*)"', listing)
        assert link is not None and "lista=" in link[1]
        html = unescape(client.get(link[1]).text)
        assert steps(html)[:2] == [str(a.id), str(c.id)]
        data = form_data(client.get(link[1]).text, "close-form")
        answer = client.post(f"/admin/case/lock/{b.id}/close", data={**data, "till": c.id})
        assert answer.location.startswith(f"/admin/case/edit/?id={c.id}&lista=")
        assert steps(unescape(client.get(answer.location).text))[0] == str(b.id)
        back = client.post(f"/admin/case/lock/{b.id}/close", data=data)
        assert back.location == f"/admin/case/?type={HJO}&sort=title&ordning=asc#arende-{b.id}"

    def test_saving_keeps_the_list(self, client):
        case = a_case(
            types=[choice(HJO, "types", "Klagomål")],
            categories=[choice(HJO, "categories", "Fysisk miljö")],
            workflow=choice(HJO, "workflow", "Synpunkten"),
            contact_way=choice(HJO, "contact_way", "E-post"),
        )
        client.login(HANDLER)
        address = f"/admin/case/edit/?id={case.id}&lista=mina%3D1"
        page = client.get(address).text
        assert re.search(r'id="case-form"[^>]*lista=mina', page)
        saved = client.post(address, data={**form_data(page, "case-form"), "_do": "save"})
        assert saved.status_code == 302 and "lista=mina%3D1" in saved.location
        leave = client.post(address, data={**form_data(client.get(address).text, "case-form"),
                                           "_do": "leave"})  # fmt: skip
        assert leave.location == f"/admin/case/?type={HJO}&mina=1#arende-{case.id}"

    def test_a_step_gives_the_lock_back(self, client):
        case, other = a_case(), a_case()
        client.login(HANDLER)
        data = form_data(client.get(f"/admin/case/edit/?id={case.id}").text, "close-form")
        client.post(f"/admin/case/lock/{case.id}/take", data=data)
        assert look(case.id, actor(CHIEF), "x" * 24).hold == "others"
        client.post(f"/admin/case/lock/{case.id}/close", data={**data, "till": other.id})
        assert look(case.id, actor(CHIEF), "x" * 24).hold == "free"

    @pytest.mark.parametrize("odd", ODD)
    def test_whatever_the_address_holds_the_page_opens(self, client, odd):
        case = a_case()
        client.login(HANDLER)
        answer = client.get(f"/admin/case/edit/?id={case.id}&lista={quote(odd)}")
        assert answer.status_code == 200
        assert SODERTALJE not in answer.text

    def test_a_step_to_something_foreign_shows_nothing(self, client):
        case, foreign = a_case(), new_case(SODERTALJE, title="KANARIE")
        client.login(HANDLER)
        for till in (str(foreign.id), "999999", "x"):
            answer = client.post(f"/admin/case/lock/{case.id}/close", data={"till": till})
            follow = client.get(answer.location)
            assert follow.status_code in (404, 200) and "KANARIE" not in follow.text

    def test_a_reader_steps_by_links(self, client):
        first = new_case(SODERTALJE, unit=unit_id("Hemtjänst"))
        second = new_case(SODERTALJE, unit=unit_id("Hemtjänst"))
        client.login(READER)
        html = page_of(client, second)
        assert steps(html) == []
        assert html.count(f'href="/admin/case/edit/?id={first.id}" rel="next"') == 2


@pytest.mark.row("H08")
class TestMore:
    """The menu Mer."""

    def test_it_offers_what_the_person_may_do(self, client):
        case = a_case()
        words = ("Historik", "Åtkomstlogg", "Koppla till annat ärende",
                 "Flytta till annan enhet", "Byt ansvarig – jäv", "Kopiera länk")  # fmt: skip
        client.login(HANDLER)
        html = page_of(client, case)
        assert all(word in html for word in words)
        assert html.count(f"/arende/{case.id}") == 2  # the button and the field without scripts
        other = new_case(SODERTALJE, unit=unit_id("Hemtjänst"))
        client.login(READER)
        html = page_of(client, other)
        assert [word for word in words if word in html] == ["Historik", "Kopiera länk"]
        assert "Kopiera</a>" not in html


@pytest.mark.row("H08")
class TestLinks:
    """Koppla till annat ärende."""

    def path(self, case, tail=""):
        return f"/admin/case/related/{case.id}{tail}"

    def test_linking_shows_the_case_on_both_and_it_can_be_taken_away(self, client):
        one, two = a_case(title="Den ena"), a_case(title="Den andra")
        client.login(HANDLER)
        client.post(self.path(one), data={"number": str(two.id), "role": "duplicate-of"})
        assert f'Dubblett av <a href="/admin/case/edit/?id={two.id}">' in page_of(client, one)
        assert f'Har dubbletten <a href="/admin/case/edit/?id={one.id}">' in page_of(client, two)
        (link,) = links_of(one.id, actor(HANDLER))
        client.post(self.path(one, f"/remove/{link.link_id}"))
        assert "Kopplade ärenden" not in page_of(client, two)
        assert len(log_of(two, "case.unlinked")) == 1

    def test_an_unseen_case_is_not_told_of_in_any_way(self, client):
        mine, secret = a_case(), a_case(title="KANARIE")
        link = link_cases(mine, secret, "related", actor=actor(CHIEF))
        secret.is_secret = True
        secret.responsible_id = None
        db.session.commit()
        link_id, number = link.id, secret.id
        client.login(REGISTRAR)
        for html in (page_of(client, mine), client.get(self.path(mine)).text,
                     client.get(f"/admin/case/history/{mine.id}").text):  # fmt: skip
            assert "KANARIE" not in html and f'id={number}"' not in html
        assert "Kopplade ärenden" not in page_of(client, mine)
        assert client.post(self.path(mine, f"/remove/{link_id}")).status_code == 404
        history = client.get(f"/admin/case/history/{mine.id}").text
        assert "Kopplat till ett annat ärende" in history and f"case {number}" not in history

    @pytest.mark.parametrize("number", ["", "x", "999999", "-1", "9" * 40, "1\0"])
    def test_a_wrong_number_is_said_and_kept(self, client, number):
        case = a_case()
        client.login(HANDLER)
        answer = client.post(self.path(case), data={"number": number, "role": "related"})
        assert answer.status_code == 422
        assert "Du kan inte se något ärende med det numret" in answer.text

    def test_suggestions_fill_in_the_number(self, client):
        case, other = a_case(title="Bänkar i parken"), a_case(title="Parkens bänkar")
        client.login(REGISTRAR)
        html = unescape(client.get(self.path(case)).text)
        assert "Samma person" in html
        filled = client.get(self.path(case) + f"?nummer={other.id}").text
        assert f'name="number" value="{other.id}"' in filled

    def test_the_answer_reaches_the_duplicates_that_can_have_it(self, client):
        main, fine, own = a_case(), a_case(), a_case()
        edit(main, HANDLER, answer="<div>Vi lagar i maj.</div>")
        edit(own, HANDLER, answer="<div>Eget.</div>")
        for case in (fine, own):
            link_cases(case, main, "duplicate-of", actor=actor(HANDLER))
        db.session.commit()
        client.login(HANDLER)
        address = self.path(main, "/answer")
        html = unescape(client.get(address).text)
        assert "Får svaret" in html and "Det skrivs inte över." in html
        answer = client.post(address, data=form_data(client.get(address).text, "share-form"))
        assert "Svaret ligger i 1 dubblett" in client.get(answer.location).text
        db.session.rollback()
        assert (fine.answer, own.answer) == ("<div>Vi lagar i maj.</div>", "<div>Eget.</div>")
        fine.answer = ""
        db.session.commit()  # a version that nobody saw
        stale = {f"version-{fine.id}": "1"}
        client.post(address, data=stale)
        db.session.rollback()
        assert fine.answer == ""

    def test_links_cost_the_case_page_no_query_per_link(self, client):
        main = a_case()
        link_cases(main, a_case(), "related", actor=actor(HANDLER))
        db.session.commit()
        client.login(HANDLER)
        page_of(client, main)
        with counting() as few:
            page_of(client, main)
        for _time in range(6):
            link_cases(main, a_case(), "related", actor=actor(HANDLER))
        db.session.commit()
        with counting() as many:
            page_of(client, main)
        assert few.count == many.count


@pytest.mark.row("H08")
class TestMoving:
    """Flytta till annan enhet, Byt ansvarig – jäv."""

    def send(self, client, case, kind, **fields):
        address = f"/admin/case/moving/{case.id}/{kind}"
        data = form_data(client.get(address).text, "moving-form")
        return client.post(address, data={**data, **fields})

    def test_who_moves_a_case_out_of_reach_is_led_to_the_list(self, client):
        case = a_case()
        client.login(HANDLER)
        answer = self.send(client, case, "unit", unit=unit_id("Bibliotek"),
                           responsible=person(CHIEF).id, reason="Hör dit")  # fmt: skip
        assert answer.location == f"/admin/case/?type={HJO}"
        assert "Du har inte längre behörighet" in client.get(answer.location).text
        db.session.rollback()
        assert case.unit_id == unit_id("Bibliotek")

    def test_what_was_typed_stays_when_something_is_missing(self, client):
        case = a_case()
        client.login(REGISTRAR)
        answer = self.send(client, case, "unit", unit=unit_id("Fritid"), reason="Min orsak",
                           responsible=person(CHIEF).id)  # fmt: skip
        assert answer.status_code == 422
        assert "Ärendet hör redan till den enheten." in answer.text and "Min orsak" in answer.text
        empty = self.send(client, case, "responsible", responsible="", reason="")
        assert empty.status_code == 422
        assert "Välj en ny ansvarig." in empty.text
        odd = self.send(client, case, "responsible", responsible="x" * 50, reason="Släkt")
        assert odd.status_code == 422

    def test_jav_changes_the_responsible(self, client):
        case = a_case()
        client.login(REGISTRAR)
        answer = self.send(client, case, "responsible", responsible=person(CHIEF).id,
                           reason="Syskon")  # fmt: skip
        assert answer.location == f"/admin/case/edit/?id={case.id}"
        assert "Ny ansvarig på grund av jäv" in client.get(f"/admin/case/history/{case.id}").text

    def test_somebody_saved_meanwhile_and_nothing_is_overwritten(self, client):
        case = a_case()
        client.login(REGISTRAR)
        answer = self.send(client, case, "unit", version="0", unit=unit_id("Bibliotek"),
                           responsible=person(CHIEF).id, reason="Hör dit")  # fmt: skip
        assert answer.status_code == 409 and "Hör dit" in answer.text


@pytest.mark.row("H08")
@pytest.mark.parametrize("page", ["related/{}", "related/{}/answer", "moving/{}/unit",
                                  "moving/{}/responsible"])  # fmt: skip
def test_readers_and_strangers_get_nowhere(client, page):
    care, hjo = new_case(SODERTALJE, unit=unit_id("Hemtjänst")), a_case()
    for who, case in ((READER, care), (HANDLER, care), (ADMIN, hjo)):
        client.login(who)
        for answer in (client.get(f"/admin/case/{page.format(case.id)}"),
                       client.post(f"/admin/case/{page.format(case.id)}")):  # fmt: skip
            assert answer.status_code in (403, 404)
