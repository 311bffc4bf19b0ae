"""Bulk actions get rows in scope only: one foreign id among many, and nothing happens (T14)."""

from __future__ import annotations

import pytest
from flask import Flask
from flask_admin import Admin
from flask_admin.actions import action
from sqlalchemy import ColumnElement
from werkzeug.exceptions import NotFound
from wtforms import Form

from admin_views.base import MAX_BULK, ScopedModelView
from extensions import db
from models import Unit

pytestmark = pytest.mark.usefixtures("town")


class HjoUnits(ScopedModelView):
    """The units of one half of the town, with an action that notes what it got."""

    form = Form
    column_list = ("name",)

    def scope(self) -> ColumnElement[bool]:
        return Unit.key.startswith("hjo-")

    @action("note", "Note")
    def note(self, ids: list[str]) -> None:
        self.noted = ids


@pytest.fixture
def view(app):
    made = HjoUnits(Unit, db, endpoint="hjo_units")
    made.admin = Admin(Flask("bare"))
    made.noted = []
    return made


def send(app, view, ids, name="note"):
    with app.test_request_context(method="POST", data={"action": name, "rowid": ids}):
        view.get_url = lambda *args, **kwargs: "/"
        return view.action_view.__wrapped__(view)


def ids(*keys):
    return [str(db.session.scalars(db.select(Unit.id).filter_by(key=key)).one()) for key in keys]


def test_rows_in_scope_are_handed_over(app, view):
    given = ids("hjo-fritid", "hjo-kommunforvaltningen")
    send(app, view, given)
    assert view.noted == given


@pytest.mark.parametrize("stray", ["sodertalje-socialkontoret", "999999", "abc", ""])
def test_one_stray_row_stops_all(app, view, stray):
    stray_id = ids(stray) if stray.startswith("sodertalje") else [stray]
    with pytest.raises(NotFound):
        send(app, view, ids("hjo-fritid") + stray_id)
    assert view.noted == []


def test_no_row_at_all_and_too_many_are_refused(app, view):
    for given in ([], [str(i) for i in range(1, MAX_BULK + 2)]):
        with pytest.raises(NotFound):
            send(app, view, given)


def test_an_action_that_does_not_exist_is_refused(app, view):
    for name in ("delete", "nope", ""):
        with pytest.raises(NotFound):
            send(app, view, ids("hjo-fritid"), name)


def test_foreign_and_missing_rows_are_equally_absent(app, view):
    (foreign,) = ids("sodertalje-socialkontoret")
    assert view.get_one(foreign) is None
    assert view.get_one("999999") is None
    assert view.get_one(ids("hjo-fritid")[0]).key == "hjo-fritid"
    assert view.get_count_query().scalar() == view.get_query().count()
    assert {u.key[:4] for u in view.get_query()} == {"hjo-"}
