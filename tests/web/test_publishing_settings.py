"""How a case type is published is set on its page in the configuration."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from extensions import db
from models import CaseType
from tests.support.cases import HJO, layout
from tests.support.forms import form_data

pytestmark = [pytest.mark.usefixtures("town"), pytest.mark.row("H24")]


def config_page(client, type_id: int) -> tuple[str, dict]:
    url = f"/admin/case-types/edit/?id={type_id}"
    html = client.get(url).text
    form_id = html.split('name="publish_days"')[0].rsplit("<form", 1)[1].split('id="')[1]
    return url, form_data(html, form_id.split('"')[0])


def test_an_administrator_sets_how_a_case_type_is_published(client):
    client.login("admin")
    url, sent = config_page(client, layout(HJO).id)
    says = {"publish_days": "3", "two_eyes": "y", "unpublish_months": "0"}
    assert client.post(url, data=sent | says).status_code == 302
    row = db.session.scalars(select(CaseType).filter_by(key=HJO)).one()
    db.session.refresh(row)
    assert (row.publishes, row.publish_days, row.two_eyes, row.unpublish_months) == (
        True, 3, True, 0,
    )  # fmt: skip
    for wrong in ({"publish_days": "-1"}, {"unpublish_months": "241"}, {"secrecy_class": "social"}):
        assert client.post(url, data=sent | wrong).status_code == 422, wrong
