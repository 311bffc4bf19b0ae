"""Versions of event templates: every save is kept, can be compared and brought back."""

from __future__ import annotations

import pytest

from domain.permissions import SYSTEM
from extensions import db
from models import Event, EventTemplate, EventTemplateVersion
from services.correspondence import draft, send_email
from services.presets.loading import load_preset
from tests.support.cases import HJO, actor, edit, layout, new_case, person, unit_id
from tests.support.config import config_log, fill_in
from tests.web.template_pages import template, template_url, version_numbers

pytestmark = pytest.mark.usefixtures("town")


@pytest.fixture(autouse=True)
def administrator(client):
    return client.login("admin")


def version_url(number):
    return f"/admin/event-templates/version/?id={template().id}&number={number}"


def restore(client, number):
    given = {"id": template().id, "number": number}
    return client.post("/admin/event-templates/restore", data=given)


def test_every_template_of_a_preset_begins_with_its_first_version(client):
    templates = db.session.scalars(db.select(EventTemplate)).all()
    versions = db.session.scalars(db.select(EventTemplateVersion)).all()
    assert {v.template_id for v in versions} == {t.id for t in templates}
    assert {v.number for v in versions} == {1}
    assert {(v.template_id, v.subject, v.body) for v in versions} == {
        (t.id, t.subject, t.body) for t in templates
    }


def test_loading_a_preset_again_makes_no_versions_but_changed_texts_do(client):
    load_preset("hjo", actor=SYSTEM)
    assert version_numbers() == [1]
    fill_in(client, template_url(), subject="Eget ämne")
    load_preset("hjo", actor=SYSTEM)
    db.session.commit()
    assert version_numbers() == [3, 2, 1]
    assert template().version == 3


@pytest.mark.row("H14")
def test_a_save_that_changes_something_makes_a_version_and_one_that_does_not_makes_none(client):
    assert fill_in(client, template_url()).status_code == 302
    assert version_numbers() == [1]
    assert fill_in(client, template_url(), subject="Vi har din synpunkt").status_code == 302
    assert fill_in(client, template_url(), conditions=["has_email"]).status_code == 302
    assert version_numbers() == [3, 2, 1]
    assert template().version == 3
    newest = db.session.scalars(
        db.select(EventTemplateVersion).filter_by(template_id=template().id, number=3)
    ).one()
    assert newest.saved_by.username == "admin"
    assert newest.subject == "Vi har din synpunkt"
    assert newest.rules["conditions"] == ["has_email"]


def test_a_new_template_has_a_first_version(client):
    given = {
        "label": "Egen mall", "key": "egen-mall", "subject": "Hej", "kind": "email",
        "event_kind": "sent_email",
    }  # fmt: skip
    url = f"/admin/event-templates/new/?case_type={HJO}"
    assert fill_in(client, url, **given).status_code == 302
    made = db.session.scalars(db.select(EventTemplate).filter_by(key="egen-mall")).one()
    assert version_numbers(made.id) == [1]


def test_a_refused_text_makes_no_version(client):
    assert fill_in(client, template_url(), body="{{ nonsense }}").status_code == 422
    assert version_numbers() == [1]


def test_the_page_lists_who_saved_which_version_when(client):
    fill_in(client, template_url(), subject="Vi har din synpunkt")
    page = client.get(template_url()).text
    table = page[page.index('id="versions-title"') :]
    assert table.index("Version 2") < table.index("Version 1")
    assert "Sara Lund" in table
    assert "Förinställningen" in table


def test_a_version_shows_its_text_and_what_differs_from_now(client):
    old = template().body
    line = next(line for line in old.split("\n") if "Tack för din synpunkt" in line)
    fill_in(client, template_url(), body=old.replace(line, "Vi har läst det."), marks_answered="y")
    page = client.get(version_url(1)).text
    assert '<del class="diff-line diff-old">' in page
    assert '<ins class="diff-line diff-new">' in page
    assert "Vi har läst det." in page
    assert "<del>Nej</del> → <ins>Ja</ins>" in page
    assert "Återställ version 1" in page
    assert "Återställ" not in client.get(version_url(2)).text


def test_restoring_makes_a_new_version_with_the_old_text_and_records_it(client):
    old = (template().subject, template().body, template().conditions)
    fill_in(client, template_url(), subject="Nytt", body="Nytt {{ kommun.namn }}", conditions=None,
            position="77")  # fmt: skip
    assert restore(client, 1).status_code == 302
    assert (template().subject, template().body, template().conditions) == old
    assert template().position == 77
    assert version_numbers() == [3, 2, 1]
    changed = {entry[1] for entry in config_log(f"event_templates {template().id}")}
    assert changed == {"subject", "body", "conditions", "position"}


def test_a_version_that_breaks_a_rule_by_now_is_not_restored(client):
    version = db.session.scalars(
        db.select(EventTemplateVersion).filter_by(template_id=template().id)
    ).one()
    fill_in(client, template_url(), subject="Nytt")
    version.body = "{{ finns.inte }}"
    db.session.commit()
    answer = restore(client, 1)
    assert "/version/" in answer.location
    assert "finns inte" in client.get(answer.location).text
    assert template().subject == "Nytt"
    assert version_numbers() == [2, 1]


@pytest.mark.parametrize("number", ["0", "9", "x", "-1", "99999999999999999999", ""])
def test_a_version_that_does_not_exist_is_not_found(client, number):
    assert client.get(version_url(number)).status_code == 404
    assert restore(client, number).status_code == 404


@pytest.mark.parametrize("username", ["registrator.hjo", "lasare.omsorg"])
def test_only_administrators_read_and_restore_versions(client, username):
    client.login(username)
    assert client.get(version_url(1)).status_code == 403
    assert restore(client, 1).status_code == 403


@pytest.mark.row("H14")
def test_changing_and_restoring_a_template_changes_no_event(client):
    case = new_case(unit=unit_id("Fritid"))
    edit(case, "registrator.hjo", responsible=person("handlaggare.hjo").id)
    db.session.commit()
    user = person("registrator.hjo")
    item = next(t for t in layout(HJO).event_templates if t.key == "confirmation-email")
    by = actor("registrator.hjo")
    mail = draft(case, layout(HJO), item, actor=by, user=user)
    send_email(case, layout(HJO), item, mail, confirmed_other=False, key="k" * 32, actor=by)
    db.session.commit()
    before = events_as_they_are()
    assert any(values["template_version"] == 1 for values in before)
    fill_in(client, template_url(), subject="Nytt", body="Helt nytt")
    restore(client, 1)
    assert events_as_they_are() == before


def events_as_they_are():
    """Every column of every event."""
    db.session.expire_all()
    rows = db.session.execute(db.select(Event.__table__).order_by(Event.id))
    return [dict(row._mapping) for row in rows]
