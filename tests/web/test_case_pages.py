"""The case pages through HTTP: who gets in, what is refused, what nobody can break."""

from __future__ import annotations

import pytest

from extensions import db
from models import Case
from tests.support.cases import HJO, SODERTALJE, choice, edit, log_of, new_case, person, unit_id
from tests.support.forms import form_data
from tests.support.queries import counting

pytestmark = pytest.mark.usefixtures("town")
NORTH = "Vård- och omsorgsboende norr"


def hjo_case(**values):
    given = {
        "contact_way": choice(HJO, "contact_way", "E-post"),
        "types": [choice(HJO, "types", "Klagomål")],
        "categories": [choice(HJO, "categories", "Fysisk miljö")],
        "workflow": choice(HJO, "workflow", "Synpunkten"),
        "unit": unit_id("Fritid"),
        "responsible": person("handlaggare.hjo").id,
    }
    return new_case(**(given | values))


def edit_url(case):
    return f"/admin/case/edit/?id={case.id}"


@pytest.mark.row("H02")
def test_the_direct_link_leads_through_login_to_the_case(client):
    case = hjo_case()
    asked = client.get(f"/arende/{case.id}")
    assert asked.status_code == 302
    assert asked.location.startswith("/login?next=")
    client.login("handlaggare.hjo")
    assert client.get(f"/arende/{case.id}").location == edit_url(case)


def test_a_foreign_case_answers_exactly_as_a_missing_one(client):
    case = hjo_case()
    client.login("chef.social")
    foreign, missing = client.get(edit_url(case)), client.get("/admin/case/edit/?id=999999")
    assert (foreign.status_code, missing.status_code) == (404, 404)
    assert strip_nonces(foreign.text) == strip_nonces(missing.text)


def strip_nonces(html):
    import re

    return re.sub(r'(nonce|content|value)="[^"]{16,}"', "", html)


@pytest.mark.parametrize("query", ["id=abc", "id=", "id=1,2", "id=" + "9" * 40, "id=-1", ""])
def test_odd_numbers_are_not_found(client, query):
    client.login("handlaggare.hjo")
    assert client.get(f"/admin/case/edit/?{query}").status_code == 404


@pytest.mark.parametrize(
    "query", ["sida=0", "sida=" + "9" * 30, "sida=x", "sort=nope", "visa=nope", "ordning=%00"]
)
def test_odd_lists_show_the_nearest_sensible_one(client, query):
    client.login("registrator.hjo")
    answer = client.get(f"/admin/case/?type={HJO}&{query}", follow_redirects=True)
    assert answer.status_code == 200


@pytest.mark.row("H06")
def test_the_list_shows_open_cases_in_the_manuals_columns(client):
    first, closed = hjo_case(title="Önskemål om volleybollplan"), hjo_case(title="Gammalt")
    closed.closed_at, closed.closed_by_id = closed.registered_at, person("chef.hjo").id
    db.session.commit()
    page = client.login("registrator.hjo").get(f"/admin/case/?type={HJO}").text
    heads = ["ID", "Rubrik", "Inkom", "Handlar om", "Handl", "Status", "Process", "Avslutat"]
    positions = [page.index(f">{head}", page.index("<thead")) for head in heads]
    assert positions == sorted(positions)
    assert first.title in page
    assert "Gammalt" not in page
    assert "Sida 1 av 1 [1 ärenden]" in page


@pytest.mark.row("H06")
def test_a_second_click_on_a_heading_reverses_the_order(client):
    for title in ("Ålder", "Ärende", "Zebra", "Öl"):
        hjo_case(title=title)
    client.login("registrator.hjo")

    def order(direction):
        page = client.get(f"/admin/case/?type={HJO}&sort=title&ordning={direction}").text
        return sorted(("Ålder", "Ärende", "Zebra", "Öl"), key=lambda t: page.index(f">{t}<"))

    assert order("asc") == ["Zebra", "Ålder", "Ärende", "Öl"]
    assert order("desc") == ["Öl", "Ärende", "Ålder", "Zebra"]


def test_the_number_of_queries_does_not_grow_with_the_rows(client):
    client.login("registrator.hjo")
    hjo_case()
    with counting() as few:
        client.get(f"/admin/case/?type={HJO}")
    for _ in range(30):
        hjo_case()
    with counting() as many:
        client.get(f"/admin/case/?type={HJO}")
    assert few.count == many.count
    assert many.count <= 19


def test_a_field_that_is_not_offered_cannot_be_sent(client):
    case = new_case(SODERTALJE, unit=unit_id(NORTH))
    edit(case, "chef.omsorg", assistants=[person("bitradande.omsorg").id])
    db.session.commit()
    client.login("bitradande.omsorg")
    data = form_data(client.get(edit_url(case)).text, "case-form")
    assert "f_unit" not in data
    answer = client.post(edit_url(case), data={**data, "f_unit": unit_id("Socialkontoret")})
    db.session.expire_all()
    assert answer.status_code in (302, 422)
    assert db.session.get_one(Case, case.id).unit_id == unit_id(NORTH)


def test_a_reader_sees_no_contact_data_and_no_original_and_saves_nothing(client):
    case = new_case(SODERTALJE, unit=unit_id(NORTH), text="KANARIE-original hej")
    edit(case, "chef.omsorg", text="Redigerad text")
    db.session.commit()
    client.login("lasare.omsorg")
    page = client.get(edit_url(case)).text
    assert "Redigerad text" in page
    for hidden in ("KANARIE-original", "Berit Ek", "berit.ek@example.org", "Storgatan 1"):
        assert hidden not in page
    assert 'name="_do"' not in page
    assert client.post(edit_url(case), data={"f_text": "x", "version": "1"}).status_code == 403


def test_the_administrator_sees_no_case(client):
    case = hjo_case()
    client.login("admin")
    for url in (edit_url(case), "/admin/case/edit/?id=999999", f"/admin/case/?type={HJO}"):
        assert client.get(url).status_code == 403


def test_what_another_saved_first_is_never_overwritten(client):
    case = hjo_case()
    client.login("handlaggare.hjo")
    data = form_data(client.get(edit_url(case)).text, "case-form")
    edit(case, "registrator.hjo", internal_note="Först")
    db.session.commit()
    answer = client.post(edit_url(case), data={**data, "f_internal_note": "Sedan", "_do": "save"})
    assert answer.status_code == 409
    assert "Sedan" in answer.text
    assert "Först" in answer.text
    db.session.expire_all()
    assert db.session.get_one(Case, case.id).internal_note == "Först"


def test_saving_without_a_change_leaves_no_trace(client):
    case = hjo_case()
    edit(case, "handlaggare.hjo", answer="<div>Tack!<br>Vi återkommer.</div>")
    db.session.commit()
    version, lines = case.version, len(log_of(case))
    client.login("chef.hjo")
    data = form_data(client.get(edit_url(case)).text, "case-form")
    assert client.post(edit_url(case), data={**data, "_do": "save"}).status_code == 302
    db.session.expire_all()
    assert (db.session.get_one(Case, case.id).version, len(log_of(case))) == (version, lines)


@pytest.mark.row("H07")
def test_the_registrar_has_the_tabs_in_another_order(client):
    case = hjo_case()
    for username, first in (("handlaggare.hjo", "handling"), ("registrator.hjo", "categorisation")):
        page = client.login(username).get(edit_url(case)).text
        tabs = [key for key in page.split('data-tab="flik-')[1:]]
        assert tabs[0].startswith(first)


@pytest.mark.row("S06")
def test_a_double_click_on_spara_nytt_arende_makes_one_case(client):
    client.login("chef.omsorg")
    url = f"/admin/case/new/?type={SODERTALJE}"
    data = form_data(client.get(url).text, "case-form") | {
        "f_text": "Telefonen är alltid upptagen.",
        "f_contact_way": choice(SODERTALJE, "contact_way", "Vill ej bli kontaktad"),
        "f_types": choice(SODERTALJE, "types", "Klagomål"),
        "f_categories": choice(SODERTALJE, "categories", "Tillgänglighet"),
        "f_unit": unit_id(NORTH),
        "f_responsible": person("chef.omsorg").id,
    }
    for _ in range(2):
        answer = client.post(url, data=data)
        assert answer.status_code == 302, answer.text
        assert answer.location.startswith("/admin/case/?type=")
    assert db.session.scalar(db.select(db.func.count()).select_from(Case)) == 1


@pytest.mark.parametrize("text", ["x" * 20_001, "😀" * 20_001])
def test_too_long_a_text_is_refused_and_kept(client, text):
    case = hjo_case()
    client.login("chef.hjo")
    data = form_data(client.get(edit_url(case)).text, "case-form")
    answer = client.post(edit_url(case), data={**data, "f_text": text})
    assert answer.status_code == 422
    assert text in answer.text
