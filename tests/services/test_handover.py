"""An account that is closed leaves nothing behind: cases, help and units find somebody else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.clock import local_today
from domain.errors import NotAllowed, RuleBroken
from domain.permissions import SYSTEM, Role
from extensions import db
from models import Unit
from queries.duties import duties_of
from services.handover import Choices, hand_over, heirs_of
from services.people import Grant, add_person, change_person, grants_of
from services.stand_ins import add_stand_in
from tests.support.cases import (
    HJO,
    SODERTALJE,
    actor,
    edit,
    log_of,
    mails,
    new_case,
    person,
    unit_id,
)
from tests.support.config import fill_in
from tests.support.forms import form_data

pytestmark = pytest.mark.usefixtures("app", "town")
LEAVING, HEIR = "handlaggare.hjo", "chef.hjo"


def choose(username=LEAVING, heir=None, helper=None):
    """Everything that the person has goes to the same ones."""
    duties = duties_of(person(username).id)
    return Choices({g.key: heir for g in duties.groups}, helper, {u.id: heir for u in duties.units})


def leave(username=LEAVING, **chosen):
    hand_over(person(username), choose(username, **chosen), actor=actor("admin"))
    db.session.commit()


def close(username):
    change_person(person(username), {"is_active": False}, None, actor=actor("admin"))
    db.session.commit()


def last_mail(purpose):
    return mails(purpose)[-1].recipient_email.partition("@")[0]


def test_an_account_with_open_cases_is_not_closed_until_they_are_handed_over():
    case = new_case(HJO, unit=unit_id("Fritid"))
    with pytest.raises(RuleBroken, match="Lämna över"):
        close(LEAVING)
    db.session.rollback()
    leave(heir=person(HEIR).id)
    close(LEAVING)
    assert not person(LEAVING).is_active
    assert case.responsible_id == person(HEIR).id
    assert last_mail("assigned") == HEIR
    line = log_of(case, "case.edited")[-1]
    assert (line.field, line.old, line.new) == (
        "responsible",
        "Christer Svensson",
        "Annica Carter",
    )


def test_cases_that_nobody_takes_go_back_to_the_registrars():
    case = new_case(HJO, unit=unit_id("Fritid"))
    leave()
    assert case.responsible_id is None
    assert last_mail("new_case") == "registrator.hjo"
    assert not duties_of(person(LEAVING).id).any


def test_help_and_being_a_stand_in_end_too():
    norr = unit_id("Vård- och omsorgsboende norr")
    case = new_case(SODERTALJE, unit=norr)
    helper = "bitradande.omsorg"
    edit(case, "chef.omsorg", assistants=[person(helper).id])
    today = local_today()
    values = {"absent_id": person(LEAVING).id, "stand_in_id": person(helper).id}
    days = {"first_day": today, "last_day": today + timedelta(1)}
    add_stand_in({**values, **days}, actor=actor(LEAVING))
    db.session.commit()
    with pytest.raises(RuleBroken):
        close(helper)
    db.session.rollback()
    leave(helper, helper=person("strateg.omsorg").id)
    assert case.assistant_ids == {person("strateg.omsorg").id}
    assert last_mail("assistant") == "strateg.omsorg"
    assert actor(helper).stands_in_for == frozenset()
    close(helper)


def test_help_is_not_given_over_a_border_of_secrecy():
    case = new_case(SODERTALJE, unit=unit_id("Vård- och omsorgsboende norr"))
    edit(case, "chef.omsorg", assistants=[person("bitradande.omsorg").id])
    at_school = [Grant(Role.ASSISTANT, unit_id("Grundskola"), None, sees_secret=False)]
    about = {"username": "larare", "name": "Lena Lärare", "email": "lena@demo.example"}
    about |= {"title": "", "phone": "", "signature": "", "is_active": True}
    teacher = add_person(about, at_school, actor=SYSTEM).id
    db.session.commit()
    with pytest.raises(RuleBroken, match=f"Ärende {case.id} ligger på andra sidan en sekretess"):
        leave("bitradande.omsorg", helper=teacher)
    db.session.rollback()
    assert case.assistant_ids == {person("bitradande.omsorg").id}


def test_closed_cases_stay_with_who_answered_them():
    case = new_case(HJO, unit=unit_id("Fritid"))
    case.closed_at, case.closed_by_id = case.registered_at, person(LEAVING).id
    db.session.commit()
    leave(heir=person(HEIR).id)
    assert case.responsible_id == person(LEAVING).id


def test_only_who_covers_the_unit_takes_its_cases():
    new_case(HJO, unit=unit_id("Fritid"))
    (group,) = duties_of(person(LEAVING).id).groups
    assert [p.name for p in heirs_of(person(LEAVING), group)] == ["Annica Carter"]
    with pytest.raises(RuleBroken, match="hör till enheten"):
        leave(heir=person("chef.social").id)


def test_an_administrator_never_takes_cases_by_the_own_hand():
    new_case(HJO, unit=unit_id("Fritid"))
    grants = [Grant("administrator", unit_id("Fritid")), Grant("responsible", unit_id("Fritid"))]
    change_person(person("admin"), {}, grants, actor=SYSTEM)
    db.session.commit()
    with pytest.raises(NotAllowed, match="dig själv"):
        leave(heir=person("admin").id)


def test_who_may_not_keep_people_hands_nothing_over():
    with pytest.raises(NotAllowed):
        hand_over(person(LEAVING), Choices(), actor=actor(HEIR))


def test_what_came_meanwhile_is_not_overlooked():
    chosen = choose()
    new_case(HJO, unit=unit_id("Fritid"))
    with pytest.raises(RuleBroken, match="Nya ärenden har kommit"):
        hand_over(person(LEAVING), chosen, actor=actor("admin"))


def test_the_page_shows_numbers_and_no_content_and_opens_the_way(client):
    case = new_case(HJO, unit=unit_id("Fritid"), title="KANARIE-rubrik")
    number = person(LEAVING).id
    edit_url, url = f"/admin/users/edit/?id={number}", f"/admin/handover/?id={number}"
    client.login("admin")
    refused = fill_in(client, edit_url, is_active=None)
    assert refused.status_code == 422
    assert url in refused.text
    page = client.get(url).text
    assert "Antal ärenden: 1" in page
    assert "KANARIE" not in page
    sent = form_data(page, "handover-form")
    key = f"group-{case.case_type_id}-{case.unit_id}"
    assert client.post(url, data={**sent, key: person("chef.social").id}).status_code == 422
    assert client.post(url, data={**sent, key: person(HEIR).id}).status_code == 302
    assert fill_in(client, edit_url, is_active=None).status_code == 302
    db.session.expire_all()
    assert not person(LEAVING).is_active
    assert case.responsible_id == person(HEIR).id
    assert "Inget att lämna över" in client.get(url).text
    unit = db.session.get_one(Unit, unit_id("Fritid"))
    assert unit.default_responsible_id is None
    assert client.get("/admin/handover/?id=x").status_code == 404


def withdraw(username, *kept):
    change_person(person(username), {}, kept, actor=actor("admin"))
    db.session.commit()


def test_a_role_that_open_cases_need_is_not_withdrawn_until_they_are_handed_over():
    case = new_case(HJO, unit=unit_id("Fritid"))
    held = grants_of(person(LEAVING))
    with pytest.raises(RuleBroken, match="rollen behövs"):
        withdraw(LEAVING)
    db.session.rollback()
    assert grants_of(person(LEAVING)) == held
    leave(heir=person(HEIR).id)
    withdraw(LEAVING)
    assert (grants_of(person(LEAVING)), case.responsible.username) == (set(), HEIR)


def test_a_role_moves_only_to_where_the_open_cases_are():
    new_case(HJO, unit=unit_id("Fritid"))
    top = Grant("responsible", unit_id("Kommunförvaltningen"))
    elsewhere = Grant("responsible", unit_id("Bibliotek"))
    with pytest.raises(RuleBroken, match="rollen behövs"):
        withdraw(LEAVING, elsewhere)
    db.session.rollback()
    withdraw(LEAVING, elsewhere, top)
    assert grants_of(person(LEAVING)) == {elsewhere, top}


def test_an_assistant_with_open_cases_keeps_a_role_that_can_assist():
    case = new_case(SODERTALJE, unit=unit_id("Hemtjänst"))
    edit(case, "chef.omsorg", assistants=[person("bitradande.omsorg").id])
    reader = Grant("reader", unit_id("Hemtjänst"))
    with pytest.raises(RuleBroken, match="rollen behövs"):
        withdraw("bitradande.omsorg", reader)
    db.session.rollback()
    leave("bitradande.omsorg")
    withdraw("bitradande.omsorg", reader)
    assert grants_of(person("bitradande.omsorg")) == {reader}


def test_the_page_of_a_person_asks_for_handover_before_a_role_is_withdrawn(client):
    case = new_case(HJO, unit=unit_id("Fritid"))
    number = person(LEAVING).id
    edit_url, url = f"/admin/users/edit/?id={number}", f"/admin/handover/?id={number}"
    client.login("admin")
    refused = fill_in(client, edit_url, **{"assignments-0-remove": "y"})
    assert (refused.status_code, "rollen behövs" in refused.text) == (422, True)
    assert url in refused.text
    db.session.expire_all()
    assert grants_of(person(LEAVING))
    sent = form_data(client.get(url).text, "handover-form")
    key = f"group-{case.case_type_id}-{case.unit_id}"
    assert client.post(url, data={**sent, key: person(HEIR).id}).status_code == 302
    assert fill_in(client, edit_url, **{"assignments-0-remove": "y"}).status_code == 302
    db.session.expire_all()
    assert grants_of(person(LEAVING)) == set()
    assert case.responsible_id == person(HEIR).id


def test_who_answers_for_new_cases_at_a_unit_keeps_a_role_there():
    unit = db.session.get_one(Unit, unit_id("Fritid"))
    unit.default_responsible_id = person(LEAVING).id
    db.session.commit()
    with pytest.raises(RuleBroken, match="rollen behövs"):
        withdraw(LEAVING)
    db.session.rollback()
    leave(heir=person(HEIR).id)
    withdraw(LEAVING)
    assert grants_of(person(LEAVING)) == set()
