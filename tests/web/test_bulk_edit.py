"""Ändra markerade: the ticked cases changed together, each by its own rights, lock and version."""

from __future__ import annotations

import re

import pytest

from extensions import db
from models import Case
from services.work_locks import look, take
from tests.support.cases import (
    HJO,
    SODERTALJE,
    actor,
    edit,
    layout,
    log_of,
    mails,
    new_case,
    person,
    unit_id,
)
from tests.support.forms import form_data
from tests.support.queries import counting

pytestmark = [pytest.mark.usefixtures("town"), pytest.mark.row("S07")]
HANDLER, CHIEF, REGISTRAR = "handlaggare.hjo", "chef.hjo", "registrator.hjo"
OMSORG, ASSISTANT, READER = "chef.omsorg", "bitradande.omsorg", "lasare.omsorg"
NORTH = "Vård- och omsorgsboende norr"
PAGE = "/admin/case/bulk/"


def hjo_case(unit="Fritid", **values):
    return new_case(HJO, unit=unit_id(unit), **values)


def omsorg_case(**values):
    return new_case(SODERTALJE, unit=unit_id(NORTH), **values)


def address(action, *cases):
    return f"{PAGE}?atgard={action}&" + "&".join(f"rowid={case.id}" for case in cases)


def form_of(client, action, *cases):
    return form_data(client.get(address(action, *cases)).text, "bulk-form")


def assign(unit="Bibliotek", who=CHIEF):
    return {"a0-unit": str(unit_id(unit)), "a0-responsible": str(person(who).id) if who else ""}


def send(client, action, cases, chosen, **more):
    return client.post(PAGE, data={**form_of(client, action, *cases), **chosen, **more})


def stored(case):
    db.session.expire_all()
    return db.session.get_one(Case, case.id)


def close(case):
    case.closed_at, case.closed_by_id = case.registered_at, person(CHIEF).id
    db.session.commit()


def test_the_list_offers_what_the_type_and_the_person_allow(client):
    hjo_case()
    omsorg_case()
    offered = {
        (REGISTRAR, HJO): {"tilldela", "nyckelord"},
        (OMSORG, SODERTALJE): {"tilldela", "bitradande", "kannedom"},
        (READER, SODERTALJE): set(),
    }
    for (who, kind), expected in offered.items():
        page = client.login(who).get(f"/admin/case/?type={kind}").text
        found = {key for key in ("tilldela", "bitradande", "kannedom", "nyckelord")
                 if f'name="atgard" value="{key}"' in page}  # fmt: skip
        assert found == expected, who
        assert ("Ändra markerade" in page) == bool(expected)


def test_assigning_moves_each_records_each_and_tells_the_new_one(client):
    cases = [hjo_case(), hjo_case()]
    before = len(mails())
    client.login(REGISTRAR)
    answer = send(client, "tilldela", cases, assign())
    assert "2 ärenden är ändrade." in answer.text and "Bibliotek" in answer.text
    for case in cases:
        found = stored(case)
        assert (found.unit_id, found.responsible_id) == (unit_id("Bibliotek"), person(CHIEF).id)
        lines = [(e.field, e.actor_name) for e in log_of(case, "case.edited")]
        assert ("unit", "Lisa Olausson") in lines
        assert look(case.id, actor(CHIEF), "").may_write, "the lock is given back"
    assert len(mails()) == before + 2


def test_without_a_person_the_unit_answers(client):
    case = hjo_case("Bibliotek")
    client.login(REGISTRAR)
    send(client, "tilldela", [case], assign("Fritid", None))
    assert stored(case).responsible_id is not None and stored(case).unit_id == unit_id("Fritid")


def test_the_preview_says_what_happens_and_changes_nothing(client):
    case, same = hjo_case(), hjo_case("Bibliotek")
    edit(same, REGISTRAR, responsible=person(CHIEF).id)
    client.login(REGISTRAR)
    answer = send(client, "tilldela", [case, same], assign(), _do="preview")
    assert "Inget är ändrat än" in answer.text and "1 av 2 ärenden kan ändras" in answer.text
    assert "Ärendet har redan det som är valt." in answer.text
    assert "Fritid" in answer.text and "Annica Carter" in answer.text
    assert stored(case).unit_id == unit_id("Fritid")
    data = form_data(answer.text, "bulk-form")
    assert "1 ärende är ändrat." in client.post(PAGE, data=data).text


def test_each_reason_is_said_and_the_others_are_changed(client):
    free, closed, locked, own = hjo_case(), hjo_case(), hjo_case(), hjo_case()
    close(closed)
    take(locked, actor(HANDLER), "h" * 24)
    take(own, actor(REGISTRAR), "r" * 24)
    db.session.commit()
    cases = [free, closed, locked, own]
    client.login(REGISTRAR)
    page = client.get(address("tilldela", *cases)).text
    assert "1 av 4 ärenden kan ändras." in page
    answer = send(client, "tilldela", cases, assign()).text
    for said in ("Ärendet är avslutat.", "Christer Svensson har arbetslåset.",
                 "Du har ärendet öppet i en annan flik.", "1 ärende är ändrat.",
                 "3 ärenden är inte ändrade."):  # fmt: skip
        assert said in answer
    units = [stored(case).unit_id == unit_id("Bibliotek") for case in cases]
    assert units == [True, False, False, False]


def test_nothing_that_was_saved_meanwhile_is_overwritten(client):
    case, other = hjo_case(), hjo_case()
    client.login(REGISTRAR)
    data = {**form_of(client, "tilldela", case, other), **assign()}
    edit(case, HANDLER, title="Ändrad under tiden")
    db.session.commit()
    answer = client.post(PAGE, data=data)
    assert "Någon annan sparade ärendet efter att sidan visades." in answer.text
    assert stored(case).unit_id == unit_id("Fritid")
    assert stored(other).unit_id == unit_id("Bibliotek")
    del data[f"version-{case.id}"]
    client.post(PAGE, data=data)
    assert stored(case).unit_id == unit_id("Fritid"), "no version is no permission"


def test_one_case_of_others_stops_all_as_if_it_did_not_exist(client):
    own, foreign = hjo_case(), omsorg_case()
    client.login(REGISTRAR)
    data = {**form_of(client, "tilldela", own), **assign()}
    assert client.get(address("tilldela", own, foreign)).status_code == 404
    assert client.post(PAGE, data={**data, "rowid": [own.id, foreign.id]}).status_code == 404
    assert client.post(PAGE, data={**data, "rowid": [own.id, 999999]}).status_code == 404
    assert stored(own).unit_id == unit_id("Fritid")


def test_a_secret_case_that_one_may_not_see_does_not_exist(client):
    case = hjo_case()
    case.is_secret = True
    db.session.commit()
    client.login(REGISTRAR)
    assert client.get(address("tilldela", case)).status_code == 404


def test_a_secret_case_does_not_leave_its_board(client):
    case = hjo_case()
    case.is_secret = True
    db.session.commit()
    client.login(CHIEF)
    answer = send(client, "tilldela", [case], assign("Grundskola"))
    assert "hör till en annan nämnd" in answer.text, answer.text
    assert stored(case).unit_id == unit_id("Fritid")
    assert "1 ärende är ändrat." in send(client, "tilldela", [case], assign("Fritid", CHIEF)).text


@pytest.mark.parametrize("who", [READER, "admin"])
def test_who_may_change_nothing_has_no_page(client, who):
    case = omsorg_case()
    client.login(who)
    assert client.get(address("tilldela", case)).status_code == 403
    assert client.post(PAGE, data={"rowid": case.id, "atgard": "tilldela"}).status_code == 403


def test_an_assistant_assigns_nothing(client):
    case = omsorg_case()
    edit(case, OMSORG, assistants=[person(ASSISTANT).id])
    client.login(ASSISTANT)
    for action in ("tilldela", "bitradande", "kannedom"):
        assert client.get(address(action, case)).status_code == 403


def test_assistants_are_added_to_those_who_are_there(client):
    case, empty = omsorg_case(), omsorg_case()
    edit(case, OMSORG, assistants=[person("chef.social").id])
    client.login(OMSORG)
    chosen = {"f_assistants": [str(person(ASSISTANT).id)]}
    assert "2 ärenden är ändrade." in send(client, "bitradande", [case, empty], chosen).text
    assert stored(case).assistant_ids == {person("chef.social").id, person(ASSISTANT).id}
    assert stored(empty).assistant_ids == {person(ASSISTANT).id}
    again = send(client, "bitradande", [case], chosen).text
    assert "Ärendet har redan det som är valt." in again


def test_a_closed_case_can_be_sent_for_information(client):
    case = omsorg_case()
    case.closed_at, case.closed_by_id = case.registered_at, person(OMSORG).id
    db.session.commit()
    client.login(OMSORG)
    answer = send(client, "kannedom", [case], {"f_informed": [str(person("chef.social").id)]})
    assert "1 ärende är ändrat." in answer.text
    assert any(line.field == "informed" for line in log_of(case, "case.edited"))


def test_keywords_are_added(client):
    keywords = [c.id for c in layout(HJO).fields["keywords"].choices[:2]]
    case = hjo_case(keywords=[keywords[0]])
    client.login(HANDLER)
    send(client, "nyckelord", [case], {"f_keywords": [str(keywords[1])]})
    assert sorted(stored(case).choice_ids("keywords")) == sorted(keywords)


@pytest.mark.parametrize(
    ("action", "chosen", "said"),
    [
        ("tilldela", {}, "Välj en enhet."),
        ("tilldela", {"a0-unit": "999999"}, "Välj en enhet i listan."),
        ("tilldela", {"a0-unit": "fritid", "a0-responsible": "admin"}, "Välj ett av alternativen"),
        ("nyckelord", {}, "Välj minst ett alternativ."),
        ("nyckelord", {"f_keywords": ["999999"]}, "Välj ett av alternativen i listan."),
        ("nyckelord", {"f_keywords": ["x\0"]}, "Välj ett av alternativen"),
    ],
)
def test_a_wrong_choice_is_refused_with_a_sentence(client, action, chosen, said):
    case = hjo_case()
    client.login(HANDLER if action == "nyckelord" else REGISTRAR)
    answer = send(client, action, [case], chosen)
    assert answer.status_code == 422 and said in answer.text
    assert stored(case).version == case.version


def test_a_responsible_of_another_unit_is_refused(client):
    case = hjo_case()
    client.login(REGISTRAR)
    answer = send(client, "tilldela", [case], assign("Bibliotek", HANDLER))
    assert answer.status_code == 422
    assert "Välj en ansvarig som hör till den valda enheten." in answer.text


def test_no_tick_and_too_many_lead_back_with_a_sentence(client):
    client.login(REGISTRAR)
    many = "&".join(f"rowid={n}" for n in range(1, 202))
    for query, said in (("", "Kryssa i de ärenden"), (many, "Välj högst 200 åt gången.")):
        answer = client.get(f"{PAGE}?atgard=tilldela&{query}")
        assert answer.status_code == 302
        assert said in client.get(answer.location, follow_redirects=True).text


@pytest.mark.parametrize("query", ["rowid=abc", "rowid=-1", "rowid=999999", "rowid="])
def test_odd_and_missing_numbers_are_not_found(client, query):
    client.login(REGISTRAR)
    assert client.get(f"{PAGE}?atgard=tilldela&{query}").status_code == 404


def test_an_unknown_action_is_not_found(client):
    case = hjo_case()
    client.login(REGISTRAR)
    assert client.get(address("radera", case)).status_code == 404
    assert client.get(address("bitradande", case)).status_code == 403  # not in Hjo's case type


def test_the_page_costs_no_query_per_case(client):
    cases = [hjo_case() for _ in range(12)]
    client.login(REGISTRAR)
    short, long = address("tilldela", *cases[:2]), address("tilldela", *cases)
    with counting() as few:
        client.get(short)
    with counting() as many:
        client.get(long)
    assert many.count == few.count


def test_the_fields_are_called_as_the_municipality_calls_them(client):
    case = hjo_case()
    client.login(REGISTRAR)
    page = client.get(address("tilldela", case)).text
    labels = [
        re.sub(r"<[^>]+>", " ", label).split("(")[0].strip()
        for label in re.findall(r"(?s)<label[^>]*>(.*?)</label>", page)
    ]
    own = layout(HJO).fields
    for key in ("unit", "responsible"):
        assert any(label.startswith(own[key].label) for label in labels), key
    assert not any(label.startswith(("Enhet", "Ansvarig")) for label in labels)
