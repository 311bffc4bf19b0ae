"""Saving a case: rights per field, versions, limits, mails, log."""

from __future__ import annotations

from datetime import date

import pytest

from domain.errors import ChangedMeanwhile, NotAllowed, RuleBroken
from extensions import db
from services.cases import edit_case
from tests.support.cases import (
    HJO,
    SODERTALJE,
    actor,
    choice,
    edit,
    layout,
    log_of,
    mails,
    new_case,
    person,
    unit_id,
)

pytestmark = pytest.mark.usefixtures("app", "town")


def assigned_case():
    case = new_case()
    edit(case, "registrator.hjo", unit=unit_id("Fritid"), responsible=person("handlaggare.hjo").id)
    db.session.commit()
    return case


@pytest.mark.row("S24")
def test_each_changed_field_is_one_line_of_the_log_in_words():
    case = assigned_case()
    lines = {line.field: line for line in log_of(case, "case.edited")}
    assert lines["unit"].new == "Fritid"
    assert lines["responsible"].new == person("handlaggare.hjo").name
    assert lines["unit"].actor_name == person("registrator.hjo").name


def test_saving_what_stands_there_changes_nothing():
    case = assigned_case()
    version, count = case.version, len(log_of(case))
    assert edit(case, "registrator.hjo", unit=case.unit_id, title=case.title) == []
    assert (case.version, len(log_of(case))) == (version, count)


def test_who_saves_an_older_version_is_refused():
    case = assigned_case()
    with pytest.raises(ChangedMeanwhile):
        edit_case(
            case,
            layout(HJO),
            {"title": "Min"},
            seen_version=case.version - 1,
            actor=actor("handlaggare.hjo"),
        )


@pytest.mark.row("H02")
def test_assigning_mails_the_handler_with_the_text_and_a_direct_link(app):
    case = assigned_case()
    (mail,) = mails("assigned")
    assert mail.recipient_email == person("handlaggare.hjo").email
    assert case.text in mail.text
    assert f"/arende/{case.id}" in mail.text


@pytest.mark.row("H26")
def test_the_handler_must_belong_to_the_unit():
    case = new_case()
    with pytest.raises(RuleBroken) as refused:
        edit(case, "registrator.hjo", unit=unit_id("Kansli"), responsible=person("chef.omsorg").id)
    assert refused.value.field == "responsible"


def test_an_assistant_may_not_move_the_case():
    case = new_case(SODERTALJE, unit=unit_id("Vård- och omsorgsboende norr"))
    edit(case, "chef.omsorg", assistants=[person("bitradande.omsorg").id])
    db.session.commit()
    edit(case, "bitradande.omsorg", answer="<div>Vi har talat med personalen.</div>")
    with pytest.raises(NotAllowed):
        edit(case, "bitradande.omsorg", unit=unit_id("Omsorgskontoret"))


@pytest.mark.row("S14")
def test_assistants_and_the_informed_get_one_mail_each():
    case = new_case(SODERTALJE, unit=unit_id("Vård- och omsorgsboende norr"))
    before = len(mails())
    edit(
        case,
        "chef.omsorg",
        assistants=[person("bitradande.omsorg").id],
        informed=[person("strateg.omsorg").id],
    )
    told = {mail.recipient_email for mail in mails()[before:]}
    assert told == {person("bitradande.omsorg").email, person("strateg.omsorg").email}


def test_a_new_day_of_arrival_moves_both_limits():
    case = assigned_case()
    edit(case, "registrator.hjo", received_on=date(2026, 6, 18))
    assert (case.acknowledge_by, case.answer_by) == (date(2026, 6, 23), date(2026, 7, 3))


@pytest.mark.row("H20")
def test_choosing_the_answered_status_by_hand_dates_the_answer():
    case = assigned_case()
    edit(case, "handlaggare.hjo", status=choice(HJO, "status", "Bekräftelse 10 dagar skickad"))
    assert case.answered_on is not None


def test_several_choices_where_one_is_allowed_are_refused():
    case = assigned_case()
    two = [c.id for c in layout(HJO).fields["measures"].choices[:2]]
    with pytest.raises(RuleBroken):
        edit(case, "handlaggare.hjo", measures=two)
