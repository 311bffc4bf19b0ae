"""Flytta till annan enhet and Byt ansvarig – jäv: by the rules of the form, logged and told."""

from __future__ import annotations

import pytest

from domain.errors import CaseLocked, ChangedMeanwhile, NotAllowed, RuleBroken
from domain.permissions import SYSTEM
from extensions import db
from models import Unit
from services.cases.moving import move_case, recuse_responsible
from services.config_changes import change_row
from services.work_locks import look, take
from tests.support.cases import HJO, actor, layout, log_of, mails, new_case, person, unit_id

pytestmark = [pytest.mark.usefixtures("app", "town"), pytest.mark.row("H08")]
CHIEF, HANDLER, REGISTRAR = "chef.hjo", "handlaggare.hjo", "registrator.hjo"
TAB = "t" * 24


@pytest.fixture
def case():
    found = new_case(HJO, unit=unit_id("Fritid"), responsible=person(HANDLER).id)
    for message in mails():
        db.session.delete(message)
    db.session.commit()
    return found


def move(case, unit, responsible=None, reason="Hör hemma där", who=REGISTRAR, **over):
    given = {"seen_version": case.version, "tab": TAB, "actor": actor(who), **over}
    move_case(case, layout(HJO), unit, responsible, reason, **given)
    db.session.commit()


def recuse(case, responsible, reason="Granne", who=REGISTRAR, **over):
    given = {"seen_version": case.version, "tab": TAB, "actor": actor(who), **over}
    recuse_responsible(case, layout(HJO), responsible, reason, **given)
    db.session.commit()


def test_the_unit_brings_its_responsible_and_the_reason_stands_in_the_log(case):
    library = db.session.get_one(Unit, unit_id("Bibliotek"))
    change_row(library, {"default_responsible_id": person(CHIEF).id}, actor=SYSTEM)
    db.session.commit()
    move(case, unit_id("Bibliotek"))
    assert (case.unit_id, case.responsible_id) == (unit_id("Bibliotek"), person(CHIEF).id)
    assert [e.new for e in log_of(case, "case.moved")] == ["Hör hemma där"]
    assert {e.field for e in log_of(case, "case.edited")} == {"unit", "responsible"}
    assert [m.recipient_email for m in mails("assigned")] == [person(CHIEF).email]
    assert look(case.id, actor(REGISTRAR), TAB).hold == "free"


@pytest.mark.parametrize("wrong", ["none", "same", "missing", "reason", "long", "person"])
def test_what_is_missing_or_wrong_is_said_at_its_field(case, wrong):
    library, chief = unit_id("Bibliotek"), person(CHIEF).id
    asked, at = {
        "none": ((None, chief, "x"), "unit"),
        "same": ((unit_id("Fritid"), chief, "x"), "unit"),
        "missing": ((999_999, chief, "x"), "unit"),
        "reason": ((library, chief, " \0 "), "reason"),
        "long": ((library, chief, "x" * 2001), "reason"),
        "person": ((library, person("chef.omsorg").id, "x"), "responsible"),
    }[wrong]
    with pytest.raises(RuleBroken) as refused:
        move(case, *asked)
    assert refused.value.field == at
    db.session.rollback()
    assert case.unit_id == unit_id("Fritid") and log_of(case, "case.moved") == []


def test_nothing_is_moved_past_a_lock_a_later_version_or_a_missing_right(case):
    library, chief = unit_id("Bibliotek"), person(CHIEF).id
    with pytest.raises(ChangedMeanwhile):
        move(case, library, chief, seen_version=case.version - 1)
    db.session.rollback()
    take(case, actor(CHIEF), "c" * 24)
    db.session.commit()
    with pytest.raises(CaseLocked):
        move(case, library, chief)
    db.session.rollback()
    for deed in (move, recuse):
        with pytest.raises(NotAllowed):
            deed(case, library, who="lasare.omsorg")
    assert case.unit_id == unit_id("Fritid")


def test_because_of_jav_somebody_else_is_responsible_and_both_are_told(case):
    recuse(case, person(CHIEF).id)
    assert case.responsible_id == person(CHIEF).id
    (line,) = log_of(case, "case.recused")
    assert (line.old, line.new) == (person(HANDLER).name, "Granne")
    assert [m.recipient_email for m in mails("assigned")] == [person(CHIEF).email]
    (told,) = mails("recused")
    assert told.recipient_email == person(HANDLER).email
    assert "jäv" in told.text and case.text not in told.text and "Granne" not in told.text


def test_who_steps_aside_needs_no_mail_about_it(case):
    recuse(case, person(CHIEF).id, who=HANDLER)
    assert mails("recused") == [] and len(mails("assigned")) == 1


@pytest.mark.parametrize("wrong", ["none", "same", "reason", "foreign"])
def test_a_wrong_successor_is_refused(case, wrong):
    asked, at = {
        "none": ((None,), "responsible"),
        "same": ((person(HANDLER).id,), "responsible"),
        "reason": ((person(CHIEF).id, ""), "reason"),
        "foreign": ((person("chef.omsorg").id,), "responsible"),
    }[wrong]
    with pytest.raises(RuleBroken) as refused:
        recuse(case, *asked)
    assert refused.value.field == at


def test_nobody_steps_aside_where_nobody_is_responsible(case):
    case.responsible_id = None
    db.session.commit()
    with pytest.raises(NotAllowed):
        recuse(case, person(CHIEF).id)
