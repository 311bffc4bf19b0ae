"""The base of the staff pages: what a view cannot get wrong, because it does not start then."""

from __future__ import annotations

import pytest
from flask_admin.contrib.sqla import ModelView

from admin_views.base import DOORS, GuardedView, ScopedModelView
from domain.row_ids import row_id
from extensions import db
from models import ClosedDay


@pytest.mark.parametrize("door", DOORS)
def test_a_view_that_opens_a_door_of_its_own_does_not_start(door):
    with pytest.raises(TypeError, match=f"overrides {door}"):
        type("LeakyView", (ScopedModelView,), {door: lambda self, *args: None})


def test_a_door_in_a_mixin_is_seen_too():
    mixin = type("Mixin", (), {"get_one": lambda self, row_id: None})
    with pytest.raises(TypeError, match="overrides get_one"):
        type("LeakyView", (mixin, ScopedModelView), {})


@pytest.mark.parametrize(
    "attributes",
    [{"column_editable_list": ("name",)}, {"can_export": True}, {"form_ajax_refs": {"unit": {}}}],
)
def test_inline_editing_export_and_lookups_are_not_to_be_had(attributes):
    with pytest.raises(TypeError, match="are not used"):
        type("LeakyView", (ScopedModelView,), attributes)


def test_a_view_without_a_form_does_not_start(app):
    with pytest.raises(TypeError, match="needs a form"):
        ScopedModelView(ClosedDay, db)


def test_a_view_lets_nobody_do_anything_until_it_says_so():
    view = ScopedModelView
    assert not (view.can_create or view.can_edit or view.can_delete or view.can_view_details)
    assert view.read_permission is None


def test_a_view_without_a_permission_opens_for_nobody(app, town, client):
    with app.test_request_context():
        assert not GuardedView().is_accessible()


def test_every_page_of_ours_stands_on_the_base(app):
    views = app.extensions["admin"][0]._views
    assert len(views) > 12
    assert [v for v in views if not isinstance(v, GuardedView)] == []
    models = [v for v in views if isinstance(v, ModelView)]
    assert [v for v in models if not isinstance(v, ScopedModelView)] == []


@pytest.mark.parametrize(
    ("sent", "number"),
    [("7", 7), (7, 7), ("", None), ("abc", None), ("-1", None), ("1,2", None), ("1.0", None),
     ("²", None), ("٣", None), (" 7", None), ("9" * 19, None), (None, None)],
)  # fmt: skip
def test_a_row_number_is_plain_digits(sent, number):
    assert row_id(sent) == number
