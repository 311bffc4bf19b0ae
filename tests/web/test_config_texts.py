"""Händelsemallar and Formulär: texts that can be filled in, questions, and what is refused."""

from __future__ import annotations

import html
import re

import pytest

from domain.template_language import check
from domain.template_names import NAMES
from extensions import db
from forms.config.text_words import NAME_TITLES
from models import EventTemplate, PublicForm, Unit
from queries.configuration import configuration
from services.config_rules.event_templates import doubts
from tests.support.cases import HJO
from tests.support.config import config_log, fill_in

pytestmark = pytest.mark.usefixtures("town")


@pytest.fixture(autouse=True)
def administrator(client):
    return client.login("admin")


def template():
    db.session.expire_all()
    query = db.select(EventTemplate).filter_by(key="confirmation-email")
    return db.session.scalars(query.order_by(EventTemplate.id)).first()


def template_url():
    return f"/admin/event-templates/edit/?id={template().id}"


def form():
    db.session.expire_all()
    return db.session.scalars(db.select(PublicForm).filter_by(slug="hjo")).one()


def form_url():
    return f"/admin/public-forms/edit/?id={form().id}"


@pytest.mark.row("H14")
def test_every_template_and_form_of_both_presets_can_be_saved_as_it_is(client):
    for page, model in (("event-templates", EventTemplate), ("public-forms", PublicForm)):
        for row_id in list(db.session.scalars(db.select(model.id))):
            answer = fill_in(client, f"/admin/{page}/edit/?id={row_id}")
            assert answer.status_code == 302, (page, row_id)
            assert config_log(f"{model.__tablename__} {row_id}") == []


def test_a_new_text_is_used_and_recorded(client):
    old = template().subject
    assert fill_in(client, template_url(), subject="Vi har din synpunkt").status_code == 302
    log = config_log(f"event_templates {template().id}")
    assert log == [("config.changed", "subject", old, "Vi har din synpunkt")]


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("Hej\n{{ arende.hemligt }}", "Rad 2: {{ arende.hemligt }} finns inte."),
        ("Hej\n\n{% for x in y %}{% endfor %}", "Rad 3:"),
        ("{{ 2**30 }}", "Rad 1:"),
        ("Hej {{ arende.nummer", "Rad 1:"),
    ],
)
def test_a_text_that_cannot_be_filled_in_is_refused_with_its_line(client, body, sentence):
    answer = fill_in(client, template_url(), body=body)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert body.split("\n")[0] in answer.text
    assert template().body != body


def test_the_names_for_texts_stand_on_the_page_with_their_meaning(client):
    page = client.get(template_url()).text
    assert "{{ arende.svara_senast }}" in page
    assert "Sista dagen att svara" in page
    assert "{{ arende.svara_senast }}" not in client.get(form_url()).text
    assert "{{ kommun.namn }}" in client.get(form_url()).text


@pytest.mark.parametrize(
    "changes",
    [
        {"event_kind": "meeting"},
        {"event_kind": "nonsense"},
        {"purpose": "nonsense"},
        {"conditions": ["has_email", "nonsense"]},
        {"status_meaning": "contact:none"},
        {"subject": ""},
        {"subject": "Ämne {{ nonsense }}"},
        {"label": ""},
    ],
)
def test_a_template_that_makes_no_sense_is_refused(client, changes):
    assert fill_in(client, template_url(), **changes).status_code == 422


@pytest.mark.parametrize("key", ["confirmation-letter", "confirmation-email"])
def test_letters_and_mails_need_a_subject(client, key):
    row = db.session.scalars(db.select(EventTemplate).filter_by(key=key)).first()
    url = f"/admin/event-templates/edit/?id={row.id}"
    answer = fill_in(client, url, subject=" ")
    assert answer.status_code == 422
    assert "behöver e" in answer.text[answer.text.index('id="subject-error"') :].split("</div>")[0]


@pytest.mark.parametrize(
    ("key", "changes", "sentence"),
    [
        ("confirmation-email", {"conditions": ["contact_wanted"]}, "när e-postadress saknas"),
        ("confirmation-letter", {"conditions": ["contact_wanted"]}, "när postadress saknas"),
        ("answer-email", {"conditions": ["has_email"]}, "när svaret är tomt"),
        ("reminder", {"conditions": None}, "när ingen är ansvarig"),
        ("confirmation-email", {"recipient": "responsible"}, ""),
        ("confirmation-email", {"recipient": "none"}, "Mallen har ingen mottagare."),
        ("confirmation-email", {"marks_answered": "y"}, "är en bekräftelse men räknas som svar"),
    ],
)
def test_what_is_hardly_meant_is_saved_with_a_warning(client, key, changes, sentence):
    row = db.session.scalars(db.select(EventTemplate).filter_by(key=key)).first()
    url = f"/admin/event-templates/edit/?id={row.id}"
    answer = fill_in(client, url, _continue_editing="1", **changes)
    assert answer.status_code == 302
    page = client.get(answer.location).text
    assert sentence in page
    assert ("message-warning" in page) is bool(sentence)


def test_the_templates_of_the_presets_give_no_cause_for_doubt(client):
    doubtful = {row.key: doubts(row) for row in db.session.scalars(db.select(EventTemplate))}
    assert {key: found for key, found in doubtful.items() if found} == {}


def test_every_group_of_names_has_a_title_and_every_name_stands_on_the_page(client):
    assert set(NAME_TITLES) == set(NAMES)
    page = client.get(template_url()).text
    for name, details in NAMES.items():
        assert f"{NAME_TITLES[name]} <span" in page
        for detail in details:
            assert f'data-copy="{{{{ {name}.{detail} }}}}"' in page


def test_the_examples_on_the_page_are_texts_that_can_be_used(client):
    page = client.get(template_url()).text
    examples = [html.unescape(t) for t in re.findall(r'data-copy="([^"]*)"', page)]
    assert any(example.startswith("{% if") for example in examples)
    for example in examples:
        text = f"{{{{ kommun.namn{example} }}}}" if example.startswith("|") else example
        assert check(text) == [], example


def test_conditions_are_ticked(client):
    given = {"conditions": ["has_email", "delay_explained"]}
    assert fill_in(client, template_url(), **given).status_code == 302
    assert template().conditions == ["has_email", "delay_explained"]
    fill_in(client, template_url(), conditions=None)
    assert template().conditions == []


def test_a_question_is_added_changed_and_removed(client):
    questions = [question.id for question in form().fields]
    n = len(questions)
    given = {
        f"fields-{n}-key": "received_by",
        f"fields-{n}-label": "Vem talade du med?",
        "fields-0-label": "Ny ledtext",
        f"fields-{n - 1}-remove": "y",
    }
    assert fill_in(client, form_url(), **given).status_code == 302
    after = form().fields
    assert after[0].label == "Ny ledtext"
    assert after[-1].key == "received_by"
    assert len(after) == n
    assert questions[-1] not in [question.id for question in after]


@pytest.mark.parametrize("key", ["status", "internal_note", "responsible", "password_hash", ""])
def test_citizens_are_not_asked_for_what_the_municipality_decides(client, key):
    n = len(form().fields)
    given = {f"fields-{n}-key": key, f"fields-{n}-label": "Fråga"}
    assert fill_in(client, form_url(), **given).status_code == 422


def test_a_form_always_asks_for_the_text(client):
    index = [q.key for q in form().fields].index("text")
    answer = fill_in(client, form_url(), **{f"fields-{index}-remove": "y"})
    assert answer.status_code == 422
    assert "Formuläret måste fråga efter synpunkten" in answer.text


def test_defaults_are_choices_of_the_case_type(client):
    url = form_url()
    assert fill_in(client, url, **{"default_rows-0-meaning": "contact:none"}).status_code == 422
    n = len(form().defaults)
    given = {f"default_rows-{n}-key": "contact_way", f"default_rows-{n}-meaning": "contact:none"}
    assert fill_in(client, url, **given).status_code == 302
    assert form().defaults["contact_way"] == "contact:none"


def test_a_new_form_gets_its_own_address(client):
    unit = db.session.scalars(db.select(Unit.id)).first()
    given = {
        "name": "Beröm", "slug": "berom", "privacy": "Så gör vi.", "root_unit_id": unit,
        "fields-0-key": "text", "fields-0-label": "Skriv här", "fields-0-is_required": "y",
    }  # fmt: skip
    answer = fill_in(client, f"/admin/public-forms/new/?case_type={HJO}", **given)
    assert answer.status_code == 302
    db.session.rollback()
    assert configuration().form("berom").fields[0].label == "Skriv här"
    assert client.get("/synpunkt/berom").status_code == 200
    again = fill_in(client, f"/admin/public-forms/new/?case_type={HJO}", **given)
    assert "berom finns redan." in again.text


def test_a_retired_form_is_gone_from_the_web(client):
    assert fill_in(client, form_url(), is_active=None).status_code == 302
    assert client.get("/synpunkt/hjo").status_code == 404
