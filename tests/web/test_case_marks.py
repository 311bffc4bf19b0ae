"""★ and 🚩 as pages: buttons in the list and on the case, and back to where one was."""

from __future__ import annotations

import pytest

from extensions import db
from queries.case_marks import favourites_of, flags_of
from tests.support.cases import HJO, SODERTALJE, actor, log_of, new_case, unit_id
from tests.support.queries import counting

pytestmark = [pytest.mark.usefixtures("town"), pytest.mark.row("S07")]
HANDLER, REGISTRAR, READER = "handlaggare.hjo", "registrator.hjo", "lasare.omsorg"
LIST = f"/admin/case/?type={HJO}"


def a_case(**values):
    return new_case(HJO, unit=unit_id("Fritid"), **values)


def mark(client, case, deed, **data):
    return client.post(f"/admin/case/marks/{case.id}/{deed}", data=data)


def test_a_favourite_is_set_from_the_list_and_leads_back_to_its_row(client):
    case = a_case()
    client.login(HANDLER)
    assert 'aria-pressed="false"' in client.get(LIST).text
    answer = mark(client, case, "favourite", on="1", url=LIST + "&sida=2")
    assert answer.location == f"{LIST}&sida=2#arende-{case.id}"
    page = client.get(f"{LIST}&favorit=1").text
    assert 'aria-pressed="true"' in page and f'id="arende-{case.id}"' in page
    mark(client, case, "favourite", on="")
    assert favourites_of([case.id], actor(HANDLER)) == frozenset()
    assert "Inga favoriter här" in client.get(f"{LIST}&favorit=1").text


def test_from_the_case_one_stays_on_the_case(client):
    case = a_case()
    client.login(HANDLER)
    address = f"/admin/case/edit/?id={case.id}"
    assert mark(client, case, "favourite", on="1", url=address).location == address
    assert mark(client, case, "flag", reason="Titta").location == address
    foreign = mark(client, case, "favourite", on="1", url="https://ond.example/")
    assert foreign.location == address


def test_a_flag_shows_reason_name_and_day_in_the_list_on_the_case_and_in_the_log(client):
    case = a_case()
    client.login(HANDLER)
    answer = mark(client, case, "flag", reason="Väntar på <jurist>", url=LIST)
    assert answer.location == f"{LIST}#arende-{case.id}"
    for address in (f"{LIST}&flagga=1", f"/admin/case/edit/?id={case.id}"):
        page = client.get(address).text
        assert "Flaggat: Väntar på &lt;jurist&gt;" in page and "Christer Svensson" in page
        assert "Ta bort flaggan" in page
    assert "Ärendet flaggat" in client.get(f"/admin/case/history/{case.id}").text
    mark(client, case, "unflag", url=LIST)
    assert "Inga flaggade ärenden här" in client.get(f"{LIST}&flagga=1").text
    assert [e.action for e in log_of(case)][-2:] == ["case.flagged", "case.unflagged"]


@pytest.mark.parametrize(("reason", "said"), [(" ", "Skriv varför"), ("x" * 201, "för lång")])
def test_a_refused_reason_is_said_and_kept(client, reason, said):
    case = a_case()
    client.login(HANDLER)
    answer = mark(client, case, "flag", reason=reason)
    assert answer.status_code == 422 and said in answer.text and f'value="{reason}"' in answer.text
    assert flags_of([case.id]) == {}


def test_a_foreign_case_does_not_exist(client):
    case = new_case(SODERTALJE)
    client.login(HANDLER)
    for deed in ("favourite", "flag", "unflag"):
        assert mark(client, case, deed, on="1", reason="Titta").status_code == 404
        assert client.post(f"/admin/case/marks/999999/{deed}").status_code == 404
    assert client.get(f"/admin/case/marks/{case.id}/flag").status_code == 404


def test_a_secret_case_shows_its_flag_to_nobody_else(client):
    case = a_case()
    client.login(HANDLER)
    mark(client, case, "flag", reason="Hemlig orsak")
    case.is_secret = True
    db.session.commit()
    client.login(REGISTRAR)
    page = client.get(f"{LIST}&flagga=1").text
    assert "Hemlig orsak" not in page and "0 ärenden" in page


def test_a_reader_sees_the_flag_and_cannot_change_it(client):
    case = new_case(SODERTALJE, unit=unit_id("Hemtjänst"))
    client.login("chef.omsorg")
    mark(client, case, "flag", reason="Titta")
    client.login(READER)
    for address in (f"/admin/case/?type={SODERTALJE}", f"/admin/case/edit/?id={case.id}"):
        page = client.get(address).text
        assert "Flaggat: Titta" in page and "Ta bort flaggan" not in page
        assert "Favorit" in page
    assert mark(client, case, "favourite", on="1").status_code == 302
    for deed in ("flag", "unflag"):
        assert mark(client, case, deed, reason="Ny").status_code == 403


def test_marks_cost_the_list_no_query_per_row(client):
    client.login(HANDLER)
    mark(client, a_case(), "flag", reason="Titta")
    with counting() as few:
        client.get(LIST)
    for _time in range(10):
        mark(client, a_case(), "flag", reason="Titta")
    with counting() as many:
        client.get(LIST)
    assert few.count == many.count
