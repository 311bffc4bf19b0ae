"""The responsible is told by mail when the last assistant has marked the case ready."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.clock import local_today
from extensions import db
from services.cases.closing import mark_ready, unmark_ready
from services.stand_ins import add_stand_in
from tests.support.cases import (
    SODERTALJE,
    actor,
    choice,
    edit,
    layout,
    mails,
    new_case,
    person,
    unit_id,
)

pytestmark = pytest.mark.usefixtures("app", "town")
FIRST, SECOND, BOSS = "bitradande.omsorg", "strateg.omsorg", "chef.omsorg"


@pytest.fixture
def case():
    """A case with two assistants that has all that Klarmarkera asks for."""
    wish = choice(SODERTALJE, "contact_way", "Per brev")
    found = new_case(SODERTALJE, unit=unit_id("Vård- och omsorgsboende norr"), contact_way=wish)
    edit(
        found,
        BOSS,
        assistants=[person(FIRST).id, person(SECOND).id],
        answer="<div>Vi har talat med personalen.</div>",
        measures=[choice(SODERTALJE, "measures", "Åtgärdat")],
        types=[choice(SODERTALJE, "types", "Klagomål")],
        categories=[choice(SODERTALJE, "categories", "Bemötande")],
    )
    db.session.commit()
    return found


def ready(case, username):
    mark_ready(case, layout(SODERTALJE), actor=actor(username))
    db.session.commit()
    return [m.recipient_email.partition("@")[0] for m in mails("all_ready")]


@pytest.mark.row("S28")
def test_the_responsible_is_told_when_the_last_assistant_is_ready(case):
    assert ready(case, FIRST) == []
    assert ready(case, SECOND) == [BOSS]
    (mail,) = mails("all_ready")
    assert mail.subject == f"Alla biträdande utredare är klara ({case.id})"
    assert "Eva Hallberg var sist." in mail.text


def test_marking_again_tells_nobody_again_until_the_mark_was_taken_back(case):
    ready(case, FIRST)
    ready(case, SECOND)
    assert ready(case, SECOND) == [BOSS]
    unmark_ready(case, actor=actor(BOSS))
    ready(case, FIRST)
    assert ready(case, SECOND) == [BOSS, BOSS]


def test_the_responsible_who_marks_the_own_case_ready_is_not_told(case):
    assert ready(case, BOSS) == []


def test_a_stand_in_marks_for_the_absent_assistant(case):
    today = local_today()
    values = {"absent_id": person(FIRST).id, "stand_in_id": person(SECOND).id}
    days = {"first_day": today, "last_day": today + timedelta(1)}
    add_stand_in({**values, **days}, actor=actor(FIRST))
    assert ready(case, SECOND) == [BOSS]
