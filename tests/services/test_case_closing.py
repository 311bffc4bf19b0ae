"""The guards of Avsluta, Klarmarkera and Återöppna."""

from __future__ import annotations

from datetime import date

import pytest

from domain.errors import NotAllowed, RuleBroken
from extensions import db
from services.cases import close_case, close_problems, mark_ready, reopen_case
from tests.support.cases import (
    HJO,
    SODERTALJE,
    actor,
    choice,
    edit,
    layout,
    log_of,
    new_case,
    person,
    unit_id,
)

pytestmark = pytest.mark.usefixtures("app", "town")

ANSWERED = "Bekräftelse 10 dagar skickad"


def hjo_case(**values):
    case = new_case(
        contact_way=choice(HJO, "contact_way", "E-post"),
        types=[choice(HJO, "types", "Klagomål")],
        categories=[choice(HJO, "categories", "Fysisk miljö")],
        workflow=choice(HJO, "workflow", "Synpunkten"),
        unit=unit_id("Fritid"),
        responsible=person("handlaggare.hjo").id,
        **values,
    )
    return case


def close(case, username="handlaggare.hjo", key=HJO):
    close_case(case, layout(key), actor=actor(username))


@pytest.mark.row("H23")
def test_classification_comes_before_closing():
    case = hjo_case()
    edit(case, "handlaggare.hjo", status=choice(HJO, "status", ANSWERED))
    with pytest.raises(RuleBroken) as refused:
        close(case)
    assert refused.value.field == "measures"
    assert case.closed_at is None


def test_an_owed_answer_must_have_been_sent():
    case = hjo_case()
    edit(case, "handlaggare.hjo", measures=[choice(HJO, "measures", "Åtgärdat")])
    assert {p.field for p in close_problems(case, layout(HJO))} == {"status"}


@pytest.mark.row("H13")
def test_who_wants_no_contact_is_closed_without_an_answer_and_the_status_says_so():
    case = hjo_case(status=None)
    edit(
        case,
        "handlaggare.hjo",
        contact_way=choice(HJO, "contact_way", "Vill ej bli kontaktad"),
        measures=[choice(HJO, "measures", "Framförd till berörd personal")],
    )
    close(case)
    assert layout(HJO).label_of(case.status_id) == "Återkoppling ej önskad/möjlig"
    assert case.is_closed


@pytest.mark.row("H21")
def test_a_late_answer_is_explained_before_closing():
    case = hjo_case(received_on=date(2026, 5, 4))
    edit(
        case,
        "handlaggare.hjo",
        status=choice(HJO, "status", ANSWERED),
        measures=[choice(HJO, "measures", "Åtgärdat")],
    )
    with pytest.raises(RuleBroken) as refused:
        close(case)
    assert refused.value.field == "delay_reason"
    edit(case, "handlaggare.hjo", delay_reason="Vi väntade på besked från Trafikverket.")
    close(case)
    assert case.is_closed


@pytest.mark.row("S16")
def test_sodertalje_needs_both_classification_and_result():
    case = new_case(SODERTALJE, unit=unit_id("Vård- och omsorgsboende norr"))
    fields = {p.field for p in close_problems(case, layout(SODERTALJE))}
    assert {"measures", "result"} <= fields


@pytest.mark.row("S17")
@pytest.mark.row("S28")
def test_marking_ready_asks_for_what_is_required_from_then_on():
    wish = choice(SODERTALJE, "contact_way", "Per brev")
    case = new_case(SODERTALJE, unit=unit_id("Vård- och omsorgsboende norr"), contact_way=wish)
    edit(case, "chef.omsorg", assistants=[person("bitradande.omsorg").id])
    db.session.commit()
    helper = actor("bitradande.omsorg")
    with pytest.raises(RuleBroken):
        mark_ready(case, layout(SODERTALJE), actor=helper)
    edit(
        case,
        "bitradande.omsorg",
        answer="<div>Vi har talat med personalen.</div>",
        measures=[choice(SODERTALJE, "measures", "Åtgärdat")],
        types=[choice(SODERTALJE, "types", "Klagomål")],
        categories=[choice(SODERTALJE, "categories", "Bemötande")],
    )
    mark_ready(case, layout(SODERTALJE), actor=helper)
    assert case.ready_at is not None
    assert [p.ready_at is not None for p in case.participants] == [True]


def test_an_assistant_may_not_close():
    case = new_case(SODERTALJE, unit=unit_id("Vård- och omsorgsboende norr"))
    edit(case, "chef.omsorg", assistants=[person("bitradande.omsorg").id])
    with pytest.raises(NotAllowed):
        close(case, "bitradande.omsorg", SODERTALJE)


def test_reopening_needs_a_reason_and_keeps_the_date_of_the_answer():
    case = hjo_case()
    edit(
        case,
        "handlaggare.hjo",
        status=choice(HJO, "status", ANSWERED),
        measures=[choice(HJO, "measures", "Åtgärdat")],
    )
    close(case)
    db.session.commit()
    answered = case.answered_on
    with pytest.raises(RuleBroken):
        reopen_case(case, "  ", actor=actor("handlaggare.hjo"))
    reopen_case(case, "Nya uppgifter.", actor=actor("handlaggare.hjo"))
    assert (case.is_closed, case.answered_on) == (False, answered)
    assert log_of(case, "case.reopened")[-1].new == "Nya uppgifter."
