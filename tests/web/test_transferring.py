"""Överför till annan process: the case ends without an answer, says where, can be undone."""

from __future__ import annotations

import pytest

from extensions import db
from models import Case
from tests.support.cases import HJO, log_of, new_case, person, unit_id
from tests.support.forms import form_data

pytestmark = [pytest.mark.usefixtures("town"), pytest.mark.row("H08")]
REGISTRAR, HANDLER, READER = "registrator.hjo", "handlaggare.hjo", "lasare.omsorg"


def a_case(**values) -> Case:
    return new_case(HJO, unit=unit_id("Fritid"), responsible=person(HANDLER).id, **values)


def transfer(client, case: Case, **answers: str):
    """Fill in the small page, as the registrar does."""
    address = f"/admin/case/transfer/{case.id}"
    data = form_data(client.get(address).text, "transfer-form")
    data |= {name: [value] for name, value in answers.items()}
    return client.post(address, data=data, follow_redirects=True)


def fresh(case: Case) -> Case:
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Case, case.id)


def test_the_case_ends_without_an_answer_and_says_where_it_went(client):
    case = a_case()
    client.login(REGISTRAR)

    page = transfer(client, case, goes_to="Felanmälan", reason="Lampan är trasig.").text

    ended = fresh(case)
    assert "Ärendet är överfört till Felanmälan och avslutat." in page
    assert (ended.is_closed, ended.transferred_to, ended.answered_on) == (True, "Felanmälan", None)
    (line,) = log_of(case, "case.transferred")
    assert line.new == {"process": "Felanmälan", "reason": "Lampan är trasig."}
    for address in (
        f"/admin/case/edit/?id={case.id}",
        f"/admin/case/?type={HJO}&visa=closed",
    ):
        assert "Överfört till Felanmälan" in client.get(address).text
    assert "Lampan är trasig." in client.get(f"/admin/case/history/{case.id}").text


def test_reopening_takes_the_transfer_back(client):
    case = a_case()
    client.login(REGISTRAR)
    transfer(client, case, goes_to="Felanmälan", reason="Fel.")

    client.post(f"/admin/case/do/{case.id}/reopen", data={"reason": "Det var en synpunkt."})

    opened = fresh(case)
    assert (opened.is_closed, opened.transferred_to) == (False, "")
    assert "Överfört till" not in client.get(f"/admin/case/edit/?id={case.id}").text


def test_a_process_of_ones_own_can_be_written(client):
    case = a_case()
    client.login(REGISTRAR)
    transfer(client, case, goes_to="other", other="  Bygglov\tenligt PBL ", reason="Dit hör det.")
    assert fresh(case).transferred_to == "Bygglov enligt PBL"


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"goes_to": "Felanmälan", "reason": " "}, "Skriv varför ärendet överförs."),
        ({"reason": "Fel."}, "Välj en process, eller skriv vilken."),
        ({"goes_to": "other", "other": " ", "reason": "Fel."}, "Välj en process, eller skriv"),
        ({"goes_to": "påhittad", "reason": "Fel."}, "Välj en process, eller skriv vilken."),
        ({"goes_to": "other", "other": "x" * 201, "reason": "Fel."}, "Texten är för lång."),
        ({"goes_to": "Felanmälan", "reason": "Fel.", "version": "0"}, "Någon annan"),
    ],
)
def test_what_is_missing_is_said_and_what_was_written_stays(client, answers, said):
    case = a_case()
    client.login(REGISTRAR)

    again = transfer(client, case, **answers)

    assert again.status_code in (409, 422)
    assert said in again.text
    form = form_data(again.text, "transfer-form")
    assert form["reason"][0].strip() == answers["reason"].strip()
    assert not fresh(case).is_closed


def test_the_citizen_can_be_told_first_and_need_not_be(client):
    told, untold = a_case(), a_case(submitter_email="", submitter_address="", submitter_postal="")
    client.login(REGISTRAR)
    page = client.get(f"/admin/case/transfer/{told.id}").text
    assert f"/admin/case/event/{told.id}/transfer-email" in page
    mail = client.get(f"/admin/case/event/{told.id}/transfer-email")
    assert "lämnat det vidare till den som ska ta hand om det" in mail.text
    page = client.get(f"/admin/case/transfer/{untold.id}").text
    assert "Berätta för synpunktslämnaren" not in page


def test_the_list_of_the_case_type_is_offered_with_what_to_mind(client):
    client.login(REGISTRAR)
    page = client.get(f"/admin/case/transfer/{a_case().id}").text
    assert "Överklagande. Datumstämpla och lämna vidare samma dag." in page


def test_a_reader_and_a_closed_case_are_refused(client):
    case = a_case()
    client.login(HANDLER)
    transfer(client, case, goes_to="Felanmälan", reason="Fel.")
    assert client.get(f"/admin/case/transfer/{case.id}").status_code == 403
    client.login(READER)
    open_case = new_case("synpunkter-och-klagomal", unit=unit_id("Vård- och omsorgsboende norr"))
    assert client.get(f"/admin/case/transfer/{open_case.id}").status_code == 403
