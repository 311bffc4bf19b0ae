"""A refused case keeps why (R14), and is counted again when the refusal is taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from domain.refusals import OWN_REASON, REASON_BLANK, REASONS
from domain.statistics.period import Period
from domain.statistics.question import Question
from extensions import db
from queries.statistics.catalogue import REPORTS
from services.correspondence.removing import void_event
from tests.statistics.world import EVERYBODY
from tests.support.cases import HJO, actor, layout
from tests.support.compose import HANDLER, REFUSAL, hjo_case, prepare, send

pytestmark = pytest.mark.usefixtures("app", "town")

WRITTEN = {**REASONS, OWN_REASON: "ärendet är avgjort i domstol"}


def counted_cases() -> int:
    period = Period(date(2000, 1, 1), date(2049, 12, 31))
    return REPORTS["oversikt"].build(Question(layout(HJO).id, period), EVERYBODY).case_count


@pytest.mark.parametrize("key", WRITTEN)
def test_the_reason_of_a_refusal_stands_on_the_case_until_it_is_voided(key: str):
    case = hjo_case()
    made = prepare(case, REFUSAL)
    body = made.body.replace(REASON_BLANK, WRITTEN[key].replace("%(number)s", "17"))
    assert counted_cases() == 1
    event = send(case, REFUSAL, replace(made, body=body))
    assert (case.refused_for, counted_cases()) == (key, 0)
    void_event(event, case, "Fel adress.", actor=actor(HANDLER))
    db.session.commit()
    assert (case.refused_for, counted_cases()) == ("", 1)
