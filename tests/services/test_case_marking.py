"""Favorit and Flagga: who may, what is recorded, and that neither opens a case to anybody."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from domain.errors import NotAllowed, RuleBroken
from extensions import db
from models import CaseFavourite
from queries.case_list import ListQuery, case_page
from queries.case_marks import favourites_of, flags_of
from services.cases.marking import lower_flag, raise_flag, set_favourite
from services.people import change_person
from tests.support.cases import (
    HJO,
    SODERTALJE,
    actor,
    layout,
    log_of,
    new_case,
    person,
    unit_id,
)

pytestmark = [pytest.mark.usefixtures("app", "town"), pytest.mark.row("S07")]
HANDLER, CHIEF, REGISTRAR = "handlaggare.hjo", "chef.hjo", "registrator.hjo"


def a_case(**values):
    return new_case(HJO, unit=unit_id("Fritid"), **values)


def listed(username, **asked):
    found = case_page(ListQuery(layout(HJO).id, **asked), actor(username))
    return [row.id for row in found.rows], found.count


def test_a_favourite_is_the_persons_own_and_leaves_no_line_in_the_log():
    case = a_case()
    before = len(log_of(case))
    for _time in (1, 2):
        set_favourite(case, True, actor=actor(HANDLER))
    assert favourites_of([case.id], actor(HANDLER)) == {case.id}
    assert favourites_of([case.id], actor(CHIEF)) == frozenset()
    assert len(log_of(case)) == before
    for _time in (1, 2):
        set_favourite(case, False, actor=actor(HANDLER))
    assert favourites_of([case.id], actor(HANDLER)) == frozenset()


def test_a_reader_may_have_favourites_but_not_flag():
    case = new_case(SODERTALJE, unit=unit_id("Hemtjänst"))
    reader = actor("lasare.omsorg")
    set_favourite(case, True, actor=reader)
    assert favourites_of([case.id], reader) == {case.id}
    for deed in (lambda: raise_flag(case, "Titta", actor=reader),
                 lambda: lower_flag(case, actor=reader)):  # fmt: skip
        with pytest.raises(NotAllowed):
            deed()


def test_nobody_marks_a_case_that_is_not_theirs_to_see():
    foreign = new_case(SODERTALJE)
    with pytest.raises(NotAllowed):
        set_favourite(foreign, True, actor=actor(HANDLER))
    with pytest.raises(NotAllowed):
        raise_flag(foreign, "Titta", actor=actor(HANDLER))


def test_a_flag_is_seen_with_its_reason_and_recorded_each_time_it_changes():
    case, version = a_case(), 1
    raise_flag(case, "  Väntar på\0  jurist ", actor=actor(HANDLER))
    raise_flag(case, "Väntar på jurist", actor=actor(CHIEF))  # the same: nothing new
    raise_flag(case, "Ring först", actor=actor(CHIEF))
    flag = flags_of([case.id])[case.id]
    assert (flag.reason, flag.by) == ("Ring först", actor(CHIEF).name)
    lower_flag(case, actor=actor(HANDLER))
    lower_flag(case, actor=actor(HANDLER))
    assert flags_of([case.id]) == {}
    lines = [(e.action, e.old, e.new) for e in log_of(case) if "flagged" in e.action]
    assert lines == [
        ("case.flagged", None, "Väntar på jurist"),
        ("case.flagged", "Väntar på jurist", "Ring först"),
        ("case.unflagged", "Ring först", None),
    ]
    assert case.version == version, "whoever is writing is not disturbed"


@pytest.mark.parametrize("reason", ["", " \n ", "x" * 201])
def test_a_flag_needs_a_short_reason(reason):
    with pytest.raises(RuleBroken) as refused:
        raise_flag(a_case(), reason, actor=actor(HANDLER))
    assert refused.value.field == "reason"


def test_a_flag_can_be_taken_down_on_a_closed_case():
    case = a_case()
    raise_flag(case, "Titta", actor=actor(HANDLER))
    case.closed_at, case.closed_by_id = case.registered_at, actor(HANDLER).id
    db.session.commit()
    lower_flag(case, actor=actor(HANDLER))
    assert flags_of([case.id]) == {}


def test_the_list_is_narrowed_to_own_favourites_and_to_flagged_ones():
    mine, flagged, _other = a_case(), a_case(), a_case()
    set_favourite(mine, True, actor=actor(HANDLER))
    raise_flag(flagged, "Titta", actor=actor(HANDLER))
    db.session.commit()
    assert listed(HANDLER, favourites=True) == ([mine.id], 1)
    assert listed(CHIEF, favourites=True) == ([], 0)
    assert listed(CHIEF, flagged=True) == ([flagged.id], 1)
    assert listed(HANDLER, favourites=True, flagged=True) == ([], 0)


def test_a_secret_case_is_not_counted_for_who_may_not_see_it():
    case = a_case()
    raise_flag(case, "Titta", actor=actor(HANDLER))
    set_favourite(case, True, actor=actor(REGISTRAR))
    db.session.commit()
    assert listed(REGISTRAR, flagged=True) == listed(REGISTRAR, favourites=True) == ([case.id], 1)
    case.is_secret = True
    db.session.commit()
    assert listed(REGISTRAR, flagged=True) == listed(REGISTRAR, favourites=True) == ([], 0)
    assert listed(HANDLER, flagged=True) == ([case.id], 1), "who is responsible still sees it"


def test_favourites_go_when_the_account_is_closed():
    case = a_case()
    leaving = actor(REGISTRAR)
    set_favourite(case, True, actor=leaving)
    set_favourite(case, True, actor=actor(CHIEF))
    change_person(person(REGISTRAR), {"is_active": False}, None, actor=actor("admin"))
    assert db.session.scalars(select(CaseFavourite.user_id)).all() == [actor(CHIEF).id]
