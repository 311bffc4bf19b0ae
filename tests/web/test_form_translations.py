"""Formulär → Översättningar: the municipality's own texts in English and Finnish."""

from __future__ import annotations

import html

import pytest

from admin_views.form_translations import _name
from extensions import db
from models import PublicForm
from tests.support.config import config_log, fill_in
from tests.web.public_site import parsed

pytestmark = pytest.mark.usefixtures("town")


@pytest.fixture(autouse=True)
def administrator(client):
    return client.login("admin")


def form() -> PublicForm:
    db.session.expire_all()
    return db.session.scalars(db.select(PublicForm).filter_by(slug="hjo")).one()


def page() -> str:
    return f"/admin/public-forms/translations?id={form().id}"


def test_the_page_of_the_form_leads_to_its_translations(client):
    edit = parsed(client.get(f"/admin/public-forms/edit/?id={form().id}"))
    links = {a.text.strip(): a.attributes["href"] for a in edit.all("a")}
    assert links["Översättningar"] == page()


def test_saving_it_as_it_is_changes_nothing(client):
    before = form().translations
    assert fill_in(client, page()).location == page()
    assert form().translations == before
    assert config_log(f"public_forms {form().id}") == []


def test_a_changed_translation_is_shown_and_recorded(client):
    english = _name("en", "Vad vill du lämna?")
    assert fill_in(client, page(), **{english: "What is on your mind?"}).location == page()
    assert "What is on your mind?" in client.get("/synpunkt/hjo?lang=en").text
    assert "What is on your mind?" not in client.get("/synpunkt/hjo?lang=fi").text
    assert [field for _a, field, _o, _n in config_log(f"public_forms {form().id}")] == [
        "translations"
    ]


def test_an_empty_box_shows_swedish_and_is_counted(client):
    assert "texter saknas" not in client.get(page()).text
    fill_in(client, page(), **{_name("fi", "Vad vill du lämna?"): " "})
    assert "Suomi: 1 texter saknas." in client.get(page()).text
    assert '<span lang="sv">Vad vill du lämna?</span>' in client.get("/synpunkt/hjo?lang=fi").text


def test_a_text_that_cannot_be_filled_in_is_refused_and_stays(client):
    intro = _name("en", form().intro)
    answer = fill_in(client, page(), **{intro: "Hello {{ arende.text }}"})
    assert "Översättningen till english: rad 1." in html.unescape(answer.text)
    assert "Hello {{ arende.text }}" in html.unescape(answer.text)
    assert "arende" not in form().translations["en"][form().intro]
    assert client.get("/synpunkt/hjo?lang=en").status_code == 200


def test_markup_in_a_translation_is_text(client):
    fill_in(client, page(), **{_name("en", "Klagomål"): "<script>alert(1)</script>"})
    text = client.get("/synpunkt/hjo?lang=en").text
    assert "<script>alert(1)" not in text
    assert "&lt;script&gt;alert(1)" in text


def test_only_who_sets_up_the_case_types_gets_there(client):
    client.login("registrator.hjo")
    assert client.get(page()).status_code == 403
    assert client.post(page()).status_code == 403
