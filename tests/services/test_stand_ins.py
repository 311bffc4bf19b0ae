"""Ersättare: whose rights and mails a stand-in has, on which days, and who may decide it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from domain.clock import as_of, local_today, now
from domain.errors import NotAllowed, RuleBroken
from domain.permissions import SYSTEM, Permission, Role, can
from extensions import db
from models import Case, StandIn
from queries.cases import visible_cases
from services import notices
from services.people import Grant, add_person, change_person, grants_of
from services.stand_ins import add_stand_in, change_days, remove_stand_in
from tests.support.cases import HJO, SODERTALJE, actor, edit, free, mails, new_case, person, unit_id
from tests.support.config import config_log

pytestmark = pytest.mark.usefixtures("app", "town")
ABSENT, HELPER = "handlaggare.hjo", "bitradande.omsorg"
DAY = timedelta(days=1)


def stand_in(absent=ABSENT, helper=HELPER, first=0, last=2, by=None):
    """`helper` stands in for `absent`, days counted from today."""
    values = {
        "absent_id": person(absent).id,
        "stand_in_id": person(helper).id,
        "first_day": local_today() + first * DAY,
        "last_day": local_today() + last * DAY,
    }
    row = add_stand_in(values, actor=actor(by or absent))
    db.session.commit()
    return row


def sees(case, username, permission=Permission.CASE_VIEW):
    """What both twins say, which must be the same."""
    who = actor(username)
    in_sql = db.session.scalar(
        select(Case.id).where(Case.id == case.id, visible_cases(who, permission))
    )
    by_rule = can(who, permission, case)
    assert by_rule == (in_sql is not None)
    return by_rule


@pytest.fixture
def case():
    return new_case(HJO, unit=unit_id("Fritid"))


def test_a_stand_in_sees_and_answers_the_cases_of_the_absent(case):
    assert not sees(case, HELPER)
    stand_in()
    assert sees(case, HELPER)
    assert sees(case, HELPER, Permission.EVENT_ANSWER)
    assert edit(case, HELPER, title="Skymd sikt") == ["title"]


@pytest.mark.parametrize(("days", "sees_it"), [(-1, False), (0, True), (2, True), (3, False)])
def test_the_first_and_the_last_day_count_and_no_other(case, days, sees_it):
    stand_in()
    with as_of(now() + days * DAY):
        assert sees(case, HELPER) is sees_it


def test_a_secret_case_in_which_the_absent_is_named_is_open_to_the_stand_in(case):
    case.is_secret = True
    db.session.commit()
    stand_in()
    assert case.responsible_id == person(ABSENT).id
    assert sees(case, HELPER)
    case.responsible_id = person("chef.hjo").id
    db.session.commit()
    assert not sees(case, HELPER)


def test_a_stand_in_for_an_assistant_reaches_the_assistants_cases_only(case):
    own = new_case(SODERTALJE, unit=unit_id("Vård- och omsorgsboende norr"))
    edit(own, "chef.omsorg", assistants=[person(HELPER).id])
    other = new_case(SODERTALJE, unit=unit_id("Vård- och omsorgsboende norr"))
    stand_in(HELPER, ABSENT)
    assert sees(own, ABSENT, Permission.CASE_MARK_READY)
    assert not sees(other, ABSENT)


def test_the_rights_end_when_the_stand_in_is_taken_back(case):
    row = stand_in()
    remove_stand_in(row, actor=actor(ABSENT))
    db.session.commit()
    assert not sees(case, HELPER)


def test_whoever_stands_in_for_a_stand_in_gets_no_more(case):
    stand_in()
    stand_in(HELPER, "lasare.omsorg")
    assert actor("lasare.omsorg").stands_in_for == {person(HELPER).id}
    assert not sees(case, "lasare.omsorg")


def test_an_administrators_stand_in_configures_nothing():
    stand_in("admin")
    assert Role.ADMINISTRATOR not in actor(HELPER).roles
    assert not can(actor(HELPER), Permission.CONFIG_USERS)


def test_nobody_inherits_from_a_closed_account_and_a_closed_stand_in_has_nothing(case):
    stand_in()
    person(ABSENT).is_active = False
    db.session.commit()
    assert actor(HELPER).stands_in_for == frozenset()
    person(ABSENT).is_active = True
    person(HELPER).is_active = False
    db.session.commit()
    assert actor(HELPER).stands_in_for == frozenset()
    assert not sees(case, HELPER)


def test_an_administrator_decides_for_others_and_not_for_the_own_person():
    assert stand_in(by="admin").created_by_id == person("admin").id
    with pytest.raises(NotAllowed, match="dig själv"):
        stand_in(ABSENT, "admin", by="admin")
    row = stand_in(ABSENT, "admin")
    with pytest.raises(NotAllowed, match="dig själv"):
        change_days(row, row.first_day, row.last_day + DAY, actor=actor("admin"))


def test_nobody_decides_for_somebody_else():
    with pytest.raises(NotAllowed):
        stand_in(by="chef.hjo")
    row = stand_in()
    with pytest.raises(NotAllowed):
        remove_stand_in(row, actor=actor(HELPER))
    with pytest.raises(NotAllowed):
        change_days(row, row.first_day, row.last_day + DAY, actor=actor(HELPER))


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"helper": ABSENT}, "någon annan"),
        ({"first": 3, "last": 2}, "före den första"),
        ({"first": -3, "last": -1}, "redan varit"),
        ({"first": 2, "last": 5}, "redan ersättare"),
    ],
)
def test_what_makes_no_sense_is_refused(given, sentence):
    stand_in()
    with pytest.raises(RuleBroken, match=sentence):
        stand_in(**given)


def test_a_stand_in_has_an_active_account():
    person(HELPER).is_active = False
    db.session.commit()
    with pytest.raises(RuleBroken, match="aktivt konto"):
        stand_in()


def test_everything_is_in_the_log():
    row = stand_in(by="admin")
    change_days(row, row.first_day, row.last_day + DAY, actor=actor("admin"))
    subject = f"stand_ins {row.id}"
    remove_stand_in(row, actor=actor(ABSENT))
    db.session.commit()
    actions = [line[:2] for line in config_log(subject)]
    assert actions == [
        ("config.created", ""),
        ("config.changed", "last_day"),
        ("config.removed", ""),
    ]


def told():
    """User name → how the mail begins, of every mail there is; then the outbox is emptied."""
    found = [(m.recipient_email.partition("@")[0], m.text[:40]) for m in mails()]
    for message in mails():
        db.session.delete(message)
    db.session.commit()
    return found


def test_the_stand_in_gets_the_mails_of_the_absent_too(case):
    stand_in()
    told()
    notices.notify_responsible(case, actor=actor("registrator.hjo"))
    (own, begins), (other, leads) = told()
    assert (own, begins[:22]) == (ABSENT, "Hej Christer Svensson!")
    assert (other, leads[:20]) == (HELPER, "Till Mikael Lindgren")
    with as_of(now() + 5 * DAY):
        notices.notify_responsible(case, actor=actor("registrator.hjo"))
    assert [name for name, _text in told()] == [ABSENT]


def test_who_gets_a_mail_already_gets_none_as_a_stand_in(case):
    given = {"username": "andra.reg", "name": "Andra Reg", "email": "andra.reg@demo.example"}
    add_person(given, list(grants_of(person("registrator.hjo"))), actor=SYSTEM)
    db.session.commit()
    stand_in("registrator.hjo", "andra.reg")
    told()
    case.responsible_id = None
    notices.notify_registrars(case)
    assert sorted(name for name, _text in told()) == ["andra.reg", "registrator.hjo"]


def test_a_stand_in_is_not_told_of_the_own_deed(case):
    stand_in()
    told()
    notices.notify_responsible(case, actor=actor(HELPER))
    assert [name for name, _text in told()] == [ABSENT]


def test_roles_that_change_while_it_lasts_change_for_the_stand_in(case):
    stand_in()
    change_person(free(ABSENT), {}, [Grant("reader", unit_id("Omsorgskontoret"))], actor=SYSTEM)
    db.session.commit()
    assert not sees(case, HELPER)
    assert db.session.scalars(select(StandIn)).one().absent_id == person(ABSENT).id
