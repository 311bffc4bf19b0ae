"""The tree of units: paths, moves, order."""

from __future__ import annotations

import pytest

from domain.errors import RuleBroken
from domain.permissions import SYSTEM
from extensions import db
from models import Unit
from services.organisation import add_unit, change_unit

pytestmark = pytest.mark.usefixtures("app")


def unit(key, parent=None, **values):
    given = {"key": key, "name": key.title(), "kind": "unit", "secrecy_area": "open"}
    given |= {"parent_id": parent.id if parent else None, "is_active": True, **values}
    return add_unit(given, actor=SYSTEM)


def move(moved, parent):
    values = {"parent_id": parent.id if parent else None}
    change_unit(moved, values, actor=SYSTEM)
    db.session.flush()
    db.session.expire_all()


@pytest.fixture
def tree():
    top = unit("top")
    left, right = unit("left", top), unit("right", top)
    return {"top": top, "left": left, "right": right, "leaf": unit("leaf", left)}


def test_a_path_holds_the_ids_from_the_root_down(tree):
    ids = [tree[name].id for name in ("top", "left", "leaf")]
    assert tree["leaf"].path == "/" + "/".join(map(str, ids)) + "/"


def test_a_move_takes_the_subtree_along(tree):
    move(tree["left"], tree["right"])
    assert tree["left"].path == f"{tree['right'].path}{tree['left'].id}/"
    assert tree["leaf"].path == f"{tree['left'].path}{tree['leaf'].id}/"


def test_a_unit_can_move_to_the_top(tree):
    move(tree["left"], None)
    assert tree["left"].path == f"/{tree['left'].id}/"
    assert tree["leaf"].path == f"/{tree['left'].id}/{tree['leaf'].id}/"


def test_paths_agree_with_parents_after_many_moves(tree):
    for moved, parent in (("left", "right"), ("leaf", "top"), ("right", "leaf"), ("left", "top")):
        move(tree[moved], tree[parent])
    for row in db.session.scalars(db.select(Unit)):
        above = row.parent.path if row.parent else "/"
        assert row.path == f"{above}{row.id}/", row.key


@pytest.mark.parametrize("below", ["left", "leaf"])
def test_a_unit_never_goes_below_itself(tree, below):
    with pytest.raises(RuleBroken) as refused:
        change_unit(tree["left"], {"parent_id": tree[below].id}, actor=SYSTEM)
    assert refused.value.field == "parent_id"


def test_a_parent_that_does_not_exist_is_refused(tree):
    with pytest.raises(RuleBroken):
        change_unit(tree["left"], {"parent_id": 999999}, actor=SYSTEM)


def test_similar_ids_are_not_taken_for_the_subtree(tree):
    for number in range(12):
        unit(f"extra{number}", tree["top"])
    stays = db.session.scalars(db.select(Unit).filter_by(key="extra11")).one()
    before = stays.path
    move(db.session.scalars(db.select(Unit).filter_by(key="extra0")).one(), tree["right"])
    assert stays.path == before


def test_a_new_name_sorts_in_its_new_place(tree):
    change_unit(tree["left"], {"name": "Åldringsvård"}, actor=SYSTEM)
    change_unit(tree["right"], {"name": "Ölands skola"}, actor=SYSTEM)
    change_unit(tree["leaf"], {"name": "Zon"}, actor=SYSTEM)
    names = db.session.scalars(db.select(Unit.name).order_by(Unit.sort_key)).all()
    assert names == ["Top", "Zon", "Åldringsvård", "Ölands skola"]
