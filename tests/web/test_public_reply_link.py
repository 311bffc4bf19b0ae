"""A mail shown again on the reply page: with the citizen's own link and code, as it arrived."""

from __future__ import annotations

import pytest

from extensions import db
from services.correspondence import draft, send_email
from services.secret_links import current_link
from tests.support.cases import HJO, actor, choice, layout, new_case, person, unit_id

pytestmark = pytest.mark.usefixtures("app", "town")


@pytest.mark.row("H17")
def test_the_citizen_sees_the_mail_as_it_arrived(client):
    handler = person("handlaggare.hjo")
    case = new_case(
        contact_way=choice(HJO, "contact_way", "E-post"),
        unit=unit_id("Fritid"),
        responsible=handler.id,
    )
    template = next(t for t in layout(HJO).event_templates if t.key == "confirmation-email")
    who = actor("handlaggare.hjo")
    mail = draft(case, layout(HJO), template, actor=who, user=handler)
    event = send_email(case, layout(HJO), template, mail, confirmed_other=False, key="k", actor=who)
    link = current_link(case)
    db.session.commit()
    page = client.get(f"/svar/{link.token}").text
    assert event is not None
    assert link.code not in event.body
    assert page.count(f"/svar/{link.token}") > page.count(f'action="/svar/{link.token}')
    assert link.code in page
    assert "/svar/dold" not in page
