"""Föregående and Nästa follow the list, whatever its order, and show nobody a foreign case."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.clock import local_today
from extensions import db
from models import utcnow
from queries.case_filter import CaseFilter
from queries.case_list import SORTS, ListQuery, case_page
from queries.neighbours import Neighbours, neighbours
from tests.support.cases import HJO, SODERTALJE, actor, choice, layout, new_case, person, unit_id

pytestmark = [pytest.mark.usefixtures("app", "town"), pytest.mark.row("S11"), pytest.mark.both]
CHIEF, HANDLER, REGISTRAR = "chef.hjo", "handlaggare.hjo", "registrator.hjo"


@pytest.fixture
def cases():
    """Cases that differ in everything one can sort by, with ties and with empty values."""
    today, made = local_today(), []
    handler, chief = person(HANDLER).id, person(CHIEF).id
    for day, title, unit, responsible in (
        (3, "Ål", "Fritid", handler), (1, "Bänk", "Fritid", None), (1, "Bänk", None, None),
        (2, "Ärta", "Fritid", chief), (2, "bro", None, None), (5, "Åska", "Fritid", handler),
    ):  # fmt: skip
        values = {"unit": unit_id(unit)} if unit else {}
        if responsible:
            values["responsible"] = responsible
        case = new_case(title=title, received_on=today - timedelta(days=day), **values)
        made.append(case)
    made[0].closed_at, made[0].closed_by_id = utcnow(), chief
    made[3].closed_at, made[3].closed_by_id = utcnow() - timedelta(days=2), chief
    made[1].ready_at = utcnow()
    made[5].workflow_id = choice(HJO, "workflow", "Synpunkten")
    db.session.commit()
    return made


def query(**asked):
    return ListQuery(layout(HJO).id, **{"show": "all", **asked})


@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize("sort", SORTS)
def test_the_steps_are_those_of_the_list(cases, sort, descending):
    asked = query(sort=sort, descending=descending)
    order = [row.id for row in case_page(asked, actor(REGISTRAR)).rows]
    assert len(order) == len(cases)
    for at, number in enumerate(order):
        near = neighbours(asked, number, actor(REGISTRAR))
        before = order[at - 1] if at else None
        after = order[at + 1] if at + 1 < len(order) else None
        assert near == Neighbours(before, after), (sort, descending, order)


def test_the_filter_and_the_rights_cut_the_row(cases):
    mine = query(mine=True)
    order = [row.id for row in case_page(mine, actor(HANDLER)).rows]
    assert neighbours(mine, order[0], actor(HANDLER)) == Neighbours(None, order[1])
    new_case(SODERTALJE)
    secret = cases[1]
    secret.is_secret = True
    db.session.commit()
    seen: set[int | None] = set()
    for case in cases:
        seen |= set(vars(neighbours(query(), case.id, actor(REGISTRAR))).values())
    assert secret.id not in seen and cases[0].id in seen
    narrowed = query(filter=CaseFilter(unit=unit_id("Fritid")))
    found = vars(neighbours(narrowed, cases[5].id, actor(REGISTRAR)))
    assert cases[4].id not in found.values()


def test_a_case_that_left_the_list_keeps_its_place_and_a_missing_one_has_none(cases):
    opened = query(show="open")
    rows = [row.id for row in case_page(opened, actor(REGISTRAR)).rows]
    near = neighbours(opened, cases[3].id, actor(REGISTRAR))  # closed two days ago
    assert near.previous in rows and near.next in rows
    assert neighbours(opened, 999_999, actor(REGISTRAR)) == Neighbours()
